"""The agreement as data: read from TOML, checked, and which one is in force."""

from daeb_locaties.akkoord.geldend import Akkoordbestand, current_akkoord, read_akkoorden
from daeb_locaties.akkoord.inhoud import (
    STATUSSEN,
    Akkoord,
    AkkoordGemeente,
    Corporatie,
    Drempels,
    Hardheidsregel,
    Periode,
    Screeningsregel,
)
from daeb_locaties.akkoord.lezen import parse_periode, read_akkoord

__all__ = [
    "STATUSSEN",
    "Akkoord",
    "AkkoordGemeente",
    "Akkoordbestand",
    "Corporatie",
    "Drempels",
    "Hardheidsregel",
    "Periode",
    "Screeningsregel",
    "current_akkoord",
    "parse_periode",
    "read_akkoord",
    "read_akkoorden",
]
