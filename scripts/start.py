"""Install the project when that is needed and start the map: python3 scripts/start.py."""

from __future__ import annotations

import argparse
import subprocess
import sys

from omgeving import InstallatieError, Omgeving, say

INTERRUPTED = 130  # what a shell says of a program that Ctrl-C ended


def parse_args(argv: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="start.py",
        description="Installeert het project in .venv en start de kaart op 127.0.0.1.",
    )
    parser.add_argument("--project", metavar="MAP", help="projectmap (standaard ./daeb-project)")
    parser.add_argument("--poort", metavar="N", type=int, help="poort (standaard 8000)")
    parser.add_argument("--geen-browser", action="store_true", help="open geen browser")
    parser.add_argument("--alleen-installeren", action="store_true", help="stop na het installeren")
    return parser.parse_args(argv)


def start_command(programma: str, args: argparse.Namespace) -> list[str]:
    """Return the command that serves the map, with what was asked for passed on."""
    opdracht = [programma]
    if args.project:
        opdracht += ["--project", args.project]
    opdracht.append("start")
    if args.poort is not None:
        opdracht += ["--poort", str(args.poort)]
    if args.geen_browser:
        opdracht.append("--geen-browser")
    return opdracht


def main() -> int:
    """Install, then hand over to daeb-locaties; return its exit code."""
    args = parse_args()
    omgeving = Omgeving()
    try:
        omgeving.install()
    except InstallatieError as fout:
        print(fout, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nAfgebroken. De volgende keer begint het installeren opnieuw.", file=sys.stderr)
        return INTERRUPTED
    programma = omgeving.program("daeb-locaties")
    if args.alleen_installeren:
        say(f"Klaar voor gebruik: {programma}")
        return 0
    try:
        return subprocess.run(start_command(str(programma), args), check=False).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
