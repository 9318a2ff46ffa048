"""The fictive example region: a seeded generator of the files that a real region sends."""

from daeb_locaties.voorbeeld.maken import Voorbeeldtellingen, write_voorbeeld

__all__ = ["Voorbeeldtellingen", "write_voorbeeld"]
