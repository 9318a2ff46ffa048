"""The files of an omgevingsplan that hold no areas: what each is, and which one is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kaartlagen.errors import BijlageError
from kaartlagen.xmllezen import Wortel, iter_named, local_name, text

_RUIMTEN = (
    "http://www.overheid.nl/2017/lvbb",
    "https://standaarden.overheid.nl/lvbb/",
    "https://standaarden.overheid.nl/stop/",
    "http://www.geostandaarden.nl/bestanden-ow/",
    "http://www.geostandaarden.nl/imow/",
)
_WAT = {
    "publicatieOpdracht": "dit is de opdracht bij een levering van een omgevingsplan",
    "manifest": "dit is de inhoudsopgave (manifest) van een levering van een omgevingsplan",
    "Aanleveringen": "dit is de inhoudsopgave (manifest) van de OW-bestanden van een omgevingsplan",
    "AanleveringBesluit": "dit is een besluit met de tekst van een omgevingsplan",
    "AanleveringKennisgeving": "dit is een kennisgeving bij een omgevingsplan",
    "Gebiedsmarkering": "dit is de gebiedsmarkering van een publicatie; zij regelt niets",
    "Effectgebied": "dit is het effectgebied van een publicatie; het regelt niets",
}
_OBJECTEN = {
    "Activiteit": "activiteiten",
    "Divisie": "divisies",
    "Divisietekst": "divisieteksten",
    "Hoofdlijn": "hoofdlijnen",
    "Instructieregel": "instructieregels",
    "Kaart": "kaarten",
    "Omgevingsnorm": "omgevingsnormen",
    "Omgevingswaarde": "omgevingswaarden",
    "Omgevingswaarderegel": "omgevingswaarderegels",
    "RegelVoorIedereen": "regels voor iedereen",
    "Regelingsgebied": "het regelingsgebied",
    "Regeltekst": "regelteksten",
    "SymbolisatieItem": "symbolisatie",
    "Tekstdeel": "tekstdelen",
}
_HERSTEL = (
    "Lees uit de levering owPons, owGebiedsaanwijzingen, owLocaties en de GML-bestanden in; "
    "dit bestand is niet nodig."
)


def belongs_to_delivery(wortel: Wortel) -> bool:
    """Say whether a root is one of STOP, LVBB or IMOW."""
    return wortel.namespace.startswith(_RUIMTEN)


def refuse_file(pad: Path, wortel: Wortel) -> BijlageError:
    """Say what a file of a delivery is, and that it holds no areas."""
    if wortel.naam == "AanleveringInformatieObject":
        return _description(pad)
    wat = _WAT.get(wortel.naam, f"dit is een ander onderdeel van een omgevingsplan ({wortel.naam})")
    return BijlageError(f"{wat}, zonder gebieden.", waar=pad.name, herstel=_HERSTEL)


def refuse_objects(pad: Path, klassen: Mapping[str, int]) -> BijlageError:
    """Say which OW-objects a file holds, none of which has a layer."""
    namen = [f"{_OBJECTEN.get(klasse, klasse)} ({n})" for klasse, n in sorted(klassen.items())]
    wat = f"alleen {', '.join(namen)}" if namen else "geen objecten"
    return BijlageError(
        f"dit OW-bestand van een omgevingsplan bevat {wat}; daarvoor is geen laag.",
        waar=pad.name,
        herstel=_HERSTEL,
    )


def _description(pad: Path) -> BijlageError:
    """Refuse the description of an informatieobject by naming the file that it describes."""
    gevonden: dict[str, str] = {}
    for element in iter_named(pad, {"bestandsnaam", "naamInformatieObject"}):
        inhoud = text(element)
        if inhoud:
            gevonden.setdefault(local_name(element), inhoud)
    bestand = gevonden.get("bestandsnaam", "")
    naam = gevonden.get("naamInformatieObject", "zonder naam")
    if bestand.lower().endswith(".gml"):
        return BijlageError(
            f"dit is de beschrijving van het informatieobject {naam}; de gebieden staan in "
            f"{bestand}.",
            waar=pad.name,
            herstel=f"Lees {bestand} in.",
        )
    return BijlageError(
        f"dit is de beschrijving van het informatieobject {naam}, dat geen kaart is"
        f"{f' ({bestand})' if bestand else ''}.",
        waar=pad.name,
        herstel=_HERSTEL,
    )
