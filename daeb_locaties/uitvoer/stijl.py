"""How the locaties look in QGIS: hard, zacht and onbekend by colour, pattern and word."""

from __future__ import annotations

from daeb_locaties.begrippen import Hardheid
from kaartlagen.qml import Klasse, Patroon, fill_qml, marker_qml
from kaartlagen.stijl import Stijl

# Blue, orange and grey stay apart for the colour-blind; the pattern does so in grey print.
_UITERLIJK: tuple[tuple[Hardheid, str, Patroon], ...] = (
    (Hardheid.HARD, "#1f5fa8", "vol"),
    (Hardheid.ZACHT, "#c4650a", "gearceerd"),
    (Hardheid.ONBEKEND, "#5f6670", "gestippeld"),
)

_OPSCHRIFT = "coalesce(\"plannaam\", '') || '\\n' || \"hard_zacht\""


def locatie_styles(lagen: frozenset[str]) -> tuple[Stijl, ...]:
    """Give the default styles of those locatie layers that are in the file."""
    klassen = [
        Klasse(hardheid.value, hardheid.label, kleur, patroon)
        for hardheid, kleur, patroon in _UITERLIJK
    ]
    vlak = fill_qml("hard_zacht", klassen, _OPSCHRIFT)
    punt = marker_qml("hard_zacht", klassen, _OPSCHRIFT)
    stijlen = (
        Stijl("locaties", "hard en zacht", vlak, "hard vol, zacht gearceerd, onbekend gestippeld"),
        Stijl(
            "locaties_punten", "hard en zacht", punt, "hard rond, zacht driehoek, onbekend vierkant"
        ),
    )
    return tuple(stijl for stijl in stijlen if stijl.laag in lagen)
