"""The command line: `daeb-locaties`."""

from daeb_locaties.cli.hoofd import main

__all__ = ["main"]
