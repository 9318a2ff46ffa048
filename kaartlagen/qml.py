"""QML text for QGIS: classes told apart by colour, by pattern and by a word on the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

Patroon = Literal["vol", "gearceerd", "gestippeld"]

_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_MIDDEN, _ROND_PUNT = "1", "6"
"""QGIS's numbers for a label over the middle and for one beside its point."""

_VULLING: dict[Patroon, str] = {"vol": "solid", "gearceerd": "b_diagonal", "gestippeld": "dense6"}
_TEKEN: dict[Patroon, str] = {"vol": "circle", "gearceerd": "triangle", "gestippeld": "square"}


@dataclass(frozen=True, slots=True)
class Klasse:
    """One class of a layer: its value, its word, its colour (``#rrggbb``) and its pattern."""

    waarde: str
    label: str
    kleur: str
    patroon: Patroon


def fill_qml(kolom: str, klassen: Sequence[Klasse], opschrift: str) -> str:
    """Make the QML of a polygon layer: colour and fill pattern per class, with labels.

    Parameters
    ----------
    kolom
        The column that holds the class.
    klassen
        The classes, in the order of the legend.
    opschrift
        A QGIS expression for the label of a row.
    """
    symbolen = [
        _symbol(
            "fill",
            str(nummer),
            "SimpleFill",
            {
                "color": _rgba(klasse.kleur, 190 if klasse.patroon == "vol" else 255),
                "style": _VULLING[klasse.patroon],
                "outline_color": _rgba(klasse.kleur, 255),
                "outline_style": "solid",
                "outline_width": "0.5",
                "outline_width_unit": "MM",
            },
        )
        for nummer, klasse in enumerate(klassen)
    ]
    return _document(kolom, klassen, symbolen, opschrift, _MIDDEN)


def marker_qml(kolom: str, klassen: Sequence[Klasse], opschrift: str) -> str:
    """Make the QML of a point layer: colour and shape per class, with labels.

    Parameters are those of `fill_qml`; a point is too small for a pattern, so that the
    pattern chooses its shape.
    """
    symbolen = [
        _symbol(
            "marker",
            str(nummer),
            "SimpleMarker",
            {
                "name": _TEKEN[klasse.patroon],
                "color": _rgba(klasse.kleur, 255),
                "outline_color": "255,255,255,255",
                "outline_style": "solid",
                "size": "3.4",
                "size_unit": "MM",
            },
        )
        for nummer, klasse in enumerate(klassen)
    ]
    return _document(kolom, klassen, symbolen, opschrift, _ROND_PUNT)


def _document(
    kolom: str,
    klassen: Sequence[Klasse],
    symbolen: Sequence[ET.Element],
    opschrift: str,
    plaatsing: str,
) -> str:
    qgis = ET.Element(
        "qgis",
        {"version": "3.28", "styleCategories": "Symbology|Labeling", "labelsEnabled": "1"},
    )
    tekening = ET.SubElement(
        qgis, "renderer-v2", {"type": "categorizedSymbol", "attr": kolom, "symbollevels": "0"}
    )
    rijen = ET.SubElement(tekening, "categories")
    for nummer, klasse in enumerate(klassen):
        ET.SubElement(
            rijen,
            "category",
            {
                "symbol": str(nummer),
                "value": klasse.waarde,
                "type": "string",
                "label": klasse.label,
                "render": "true",
            },
        )
    ET.SubElement(tekening, "symbols").extend(symbolen)
    qgis.append(_labeling(opschrift, plaatsing))
    ET.indent(qgis)
    return _DOCTYPE + ET.tostring(qgis, encoding="unicode") + "\n"


def _symbol(soort: str, naam: str, klasse: str, opties: dict[str, str]) -> ET.Element:
    symbool = ET.Element("symbol", {"type": soort, "name": naam, "alpha": "1"})
    laag = ET.SubElement(symbool, "layer", {"class": klasse, "enabled": "1", "pass": "0"})
    groep = ET.SubElement(laag, "Option", {"type": "Map"})
    for sleutel, waarde in opties.items():
        ET.SubElement(groep, "Option", {"name": sleutel, "type": "QString", "value": waarde})
    return symbool


def _labeling(opschrift: str, plaatsing: str) -> ET.Element:
    """Label every row with an expression, black on a white edge to stay readable."""
    opmaak = ET.Element("labeling", {"type": "simple"})
    regels = ET.SubElement(opmaak, "settings", {"calloutType": "simple"})
    stijl = ET.SubElement(
        regels,
        "text-style",
        {
            "fieldName": opschrift,
            "isExpression": "1",
            "fontSize": "8",
            "fontSizeUnit": "Point",
            "textColor": "20,20,20,255",
            "textOpacity": "1",
        },
    )
    ET.SubElement(
        stijl,
        "text-buffer",
        {"bufferDraw": "1", "bufferSize": "0.8", "bufferColor": "255,255,255,255"},
    )
    ET.SubElement(regels, "placement", {"placement": plaatsing, "dist": "2", "distUnits": "MM"})
    return opmaak


def _rgba(kleur: str, dekking: int) -> str:
    """Write ``#rrggbb`` as QGIS does: ``r,g,b,a``."""
    rood, groen, blauw = (int(kleur[plek : plek + 2], 16) for plek in (1, 3, 5))
    return f"{rood},{groen},{blauw},{dekking}"
