"""How stored layers look in QGIS, for those that have a look of their own."""

from __future__ import annotations

from kaartlagen.qml import Klasse, Patroon, fill_qml
from kaartlagen.stijl import Stijl

# After the colours that SVBP2012 gives the hoofdgroepen; dubbelbestemmingen are hatched.
_ENKEL = {
    "agrarisch": "#ebf0d2",
    "agrarisch met waarden": "#d2e1a5",
    "bedrijf": "#b45fd2",
    "bedrijventerrein": "#c8a0d7",
    "bos": "#68af28",
    "centrum": "#ffc8be",
    "cultuur en ontspanning": "#ff3c82",
    "detailhandel": "#ffa096",
    "dienstverlening": "#f091be",
    "gemengd": "#ffbc87",
    "groen": "#28c846",
    "horeca": "#ff6723",
    "kantoor": "#ebc3d7",
    "maatschappelijk": "#dc9b78",
    "natuur": "#82a591",
    "overig": "#ebe1eb",
    "recreatie": "#b9d746",
    "sport": "#82c846",
    "tuin": "#c8da64",
    "verkeer": "#cdcdcd",
    "water": "#afcde1",
    "wonen": "#ffff00",
    "woongebied": "#ffffb4",
}
_DUBBEL = {"leiding": "#505050", "waarde": "#787878", "waterstaat": "#3c648c"}


def layer_style(laag: str, tabel: str) -> tuple[Stijl, ...]:
    """Give the default QGIS style of a layer, written as `tabel`; nothing where it has none."""
    if laag != "bestemmingsvlakken":
        return ()
    klassen = [*_classes(_ENKEL, "vol"), *_classes(_DUBBEL, "gearceerd")]
    qml = fill_qml("hoofdgroep", klassen, '"naam"')
    return (Stijl(tabel, "bestemmingen", qml, "kleuren naar SVBP2012"),)


def _classes(kleuren: dict[str, str], patroon: Patroon) -> list[Klasse]:
    return [
        Klasse(waarde, waarde.capitalize(), kleur, patroon) for waarde, kleur in kleuren.items()
    ]
