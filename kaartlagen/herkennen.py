"""Which kind of source is this? Told from the content, with the grounds said.

A kind is recognised by its own columns or its XML root, never by a file name. When two
kinds fit, or none, the user is asked: `--soort`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kaartlagen.bestandsvorm import Vorm, sniff
from kaartlagen.bronnen.eigen import has_contract
from kaartlagen.bronnen.gemeenten import finest_cover
from kaartlagen.bronnen.soort import Tabelsoort, XmlSoort
from kaartlagen.bronnen.tabellagen import read_heads
from kaartlagen.bronnen.tabelsoorten import TABELSOORTEN
from kaartlagen.bronnen.xmlsoorten import XMLSOORTEN
from kaartlagen.errors import BronError, KolomError, OnbekendeSoortError
from kaartlagen.kolomkeuze import Kolomwijzer
from kaartlagen.lagen import LAGEN
from kaartlagen.lezen import Laagkop
from kaartlagen.tabellen import TABELVORMEN
from kaartlagen.xmllezen import Wortel, read_root

ALGEMEEN = ("punten", "lijnen", "vlakken")
BIJZONDER = tuple(tabel.soort for tabel in TABELSOORTEN)
EIGEN_LAGEN = tuple(naam for naam in LAGEN if naam not in {*ALGEMEEN, *BIJZONDER})
"""Layers that are recognised in a table by having all columns of the contract."""

SOORTEN = tuple(
    dict.fromkeys((*(xml.soort for xml in XMLSOORTEN), *BIJZONDER, *ALGEMEEN, *EIGEN_LAGEN))
)
"""All values of `--soort`."""

_ANDERE_XML = (
    (
        "geonovum.nl/stri/",
        (
            "een manifest of geleideformulier (STRI), dat alleen meetelt als het naast het "
            "GML-bestand van een plan ligt"
        ),
    ),
    ("geonovum.nl/imro/", "een IMRO-bestand van een onbekende versie"),
    ("imgeo", "een BGT-bestand (CityGML)"),
    ("citygml", "een CityGML-bestand"),
    ("top10nl", "een TOP10NL-bestand"),
    ("kadaster.nl/schemas/standlevering", "een BAG-extract"),
    ("imbag", "een BAG-extract"),
    ("geostandaarden.nl/basisgeometrie", "een geometriebestand van een omgevingsplan (STOP)"),
    ("geostandaarden.nl/imow", "een IMOW-bestand van een omgevingsplan"),
    ("overheid.nl/stop", "een STOP-bestand van een omgevingsplan"),
    ("opengis.net/wfs", "een antwoord van een WFS-dienst"),
    ("opengis.net/ows", "een foutmelding van een WFS-dienst"),
    ("opengis.net/kml", "een KML-bestand"),
    ("xhtml", "een webpagina"),
)
_GEEN_TABEL = frozenset({"layer_styles", "qgis_projects"})
"""Tables in which QGIS keeps its own things; they hold no data."""


@dataclass(frozen=True, slots=True)
class Herkend:
    """One layer of a file with its kind and what reads it.

    `kop` is None for XML, which has no table layers; `lezer` is None for a table that is
    read by its contract or as a layer of no special kind. `erbij` are the tables without
    geometry that belong to it, by the name that its reader knows them by.
    """

    soort: str
    grond: str
    kop: Laagkop | None
    lezer: XmlSoort | Tabelsoort | None = None
    erbij: tuple[tuple[str, Laagkop], ...] = ()


@dataclass(frozen=True, slots=True)
class Herkenning:
    """What a file is: its form, the layers whose kind is known, and those passed over."""

    vorm: Vorm
    herkend: tuple[Herkend, ...]
    overgeslagen: tuple[str, ...] = ()


def recognise(pad: Path, soort: str | None = None, wijzer: Kolomwijzer | None = None) -> Herkenning:
    """Find out what a file holds.

    Parameters
    ----------
    pad
        The file.
    soort
        What the user says it is (one of `SOORTEN`); None to find out.
    wijzer
        What the user says, or said before, of the columns of its tables.

    Returns
    -------
    Herkenning
        At least one recognised layer.

    Raises
    ------
    BronError
        When the file cannot be opened or holds no layers with rows.
    OnbekendeSoortError
        When the kind cannot be told, two kinds fit, or the content belies `soort`.
    KolomError
        When the user names a column that the file does not have.
    """
    wijzer = wijzer or Kolomwijzer()
    if soort is not None and soort not in SOORTEN:
        raise OnbekendeSoortError(
            f"de soort {soort!r} bestaat niet.",
            waar=pad.name,
            herstel=f"Kies uit: {', '.join(SOORTEN)}.",
        )
    vorm = sniff(pad)
    if vorm is Vorm.XML:
        if wijzer.opgegeven:
            raise KolomError(
                "dit is XML; daarin zijn geen kolommen te kiezen.",
                waar=pad.name,
                herstel="Laat --kolom weg.",
            )
        return _recognise_xml(pad, soort)
    return _recognise_tables(pad, vorm, soort, wijzer)


def _recognise_xml(pad: Path, soort: str | None) -> Herkenning:
    wortel = read_root(pad)
    # What the user says it is goes first, where more kinds recognise one file.
    for xml in sorted(XMLSOORTEN, key=lambda xml: xml.soort != soort):
        grond = xml.recognise(wortel)
        if grond is None:
            continue
        if soort not in {None, xml.soort} and not (xml.soort == "imro" and soort in EIGEN_LAGEN):
            raise OnbekendeSoortError(
                f"dit bestand is van de soort {xml.soort}, niet {soort}.",
                waar=pad.name,
                herstel=f"Laat --soort weg of geef --soort {xml.soort} op.",
            )
        return Herkenning(Vorm.XML, (Herkend(xml.soort, grond, None, xml),))
    gelezen = ", ".join(dict.fromkeys(xml.naam for xml in XMLSOORTEN))
    raise OnbekendeSoortError(
        f"dit is {_other_xml(wortel)}; dat wordt niet gelezen.",
        waar=pad.name,
        herstel=f"Als XML wordt gelezen: {gelezen}. Bewaar andere gegevens als GeoPackage.",
    )


def _other_xml(wortel: Wortel) -> str:
    """Name what an XML file is instead, as far as its namespaces tell."""
    ruimten = [wortel.namespace, *wortel.namespaces]
    for stuk, naam in _ANDERE_XML:
        if any(stuk in ruimte.lower() for ruimte in ruimten):
            return naam
    return f"een XML-bestand met wortelelement {wortel.naam}"


def _recognise_tables(pad: Path, vorm: Vorm, soort: str | None, wijzer: Kolomwijzer) -> Herkenning:
    if soort == "imro":
        raise OnbekendeSoortError(
            f"een {vorm.value} kan geen IMRO-plan zijn: dat is GML.",
            waar=pad.name,
            herstel="Lees het GML-bestand van het plan in, of laat --soort weg.",
        )
    gelezen, over = read_heads(pad, vorm, wijzer)
    koppen = [kop for kop in gelezen if kop.naam.lower() not in _GEEN_TABEL]
    los = [kop for kop in koppen if kop.geometrietype is None]
    # A row of an xlsx or csv without a place is refused by name, so its table is read.
    ruimtelijk = [
        kop
        for kop in koppen
        if kop.geometrietype is not None
        or (vorm in TABELVORMEN and not any(_companions(t, [kop]) for t in TABELSOORTEN))
    ]
    if not ruimtelijk:
        raise BronError(
            "het bestand bevat geen laag met geometrie.",
            waar=pad.name,
            herstel="Bewaar de laag mét geometrie opnieuw.",
        )
    if all(kop.aantal == 0 for kop in ruimtelijk):
        raise BronError(
            "het bestand bevat geen rijen.",
            waar=pad.name,
            herstel="Controleer de selectie waarmee het bestand is gemaakt.",
        )
    herkend = []
    overgeslagen = [*over]
    for kop in ruimtelijk:
        uitkomst = _kind_of(kop, soort, len(ruimtelijk) == 1)
        if uitkomst is None:
            overgeslagen.append(kop.naam)
        else:
            herkend.append(replace(uitkomst, erbij=_companions(uitkomst.lezer, los)))
    gebruikt = {id(kop) for h in herkend for _, kop in h.erbij} | {id(kop) for kop in ruimtelijk}
    overgeslagen += [f"{kop.naam} (zonder geometrie)" for kop in los if id(kop) not in gebruikt]
    herkend, grover = _without_coarser(herkend)
    overgeslagen += grover
    _refuse_double_cover(herkend, pad)
    if not herkend:
        raise _not_recognised(ruimtelijk, soort, pad)
    return Herkenning(vorm, tuple(herkend), tuple(overgeslagen))


def _companions(
    lezer: XmlSoort | Tabelsoort | None, koppen: Sequence[Laagkop]
) -> tuple[tuple[str, Laagkop], ...]:
    """Give the tables without geometry that belong to a table of this kind."""
    if not isinstance(lezer, Tabelsoort) or lezer.companion is None:
        return ()
    return tuple((naam, kop) for kop in koppen if (naam := lezer.companion(kop.naam)) is not None)


def _kind_of(kop: Laagkop, soort: str | None, enige: bool) -> Herkend | None:
    """Recognise one layer; None when its kind is not known or not the one asked for."""
    if soort in ALGEMEEN:
        return Herkend(str(soort), "opgegeven", kop)
    gronden = _grounds(kop)
    if soort is None:
        if len(gronden) > 1:
            raise _ambiguous(kop, gronden)
        return next((_as(naam, grond, kop) for naam, grond in gronden.items()), None)
    if soort in gronden or enige:
        # A single layer is read as the user says; its reader names what is missing.
        return _as(soort, gronden.get(soort, "opgegeven"), kop)
    return None


def _as(soort: str, grond: str, kop: Laagkop) -> Herkend:
    """Choose the reader of a layer.

    A planlijst of ours is read by its contract: as a source, its `overig` would end up in
    `overig` again.
    """
    lezer = next((tabel for tabel in TABELSOORTEN if tabel.soort == soort), None)
    if soort in LAGEN and "overig" in LAGEN[soort].kolomnamen and has_contract(kop.kolommen, soort):
        lezer = None
    return Herkend(soort, grond, kop, lezer)


def _grounds(kop: Laagkop) -> dict[str, str]:
    """Give every kind that fits a layer, with its grounds."""
    eigen = _own_contracts(kop.kolommen)
    if eigen:
        return eigen
    vorm = str(kop.geometrietype).removeprefix("2.5D ").split(" ")[0]
    gronden = {
        tabel.soort: grond
        for tabel in TABELSOORTEN
        if (tabel.geometrieen is None or vorm in tabel.geometrieen)
        and (grond := tabel.recognise(kop.kolommen, kop.monster)) is not None
    }
    if len(gronden) > 1:
        for tabel in TABELSOORTEN:
            if tabel.wijkt:
                gronden.pop(tabel.soort, None)
    return gronden


def _own_contracts(kolommen: Sequence[str]) -> dict[str, str]:
    """Recognise our own layers: those whose contract fits with the most columns."""
    passend = [laag for laag in (*EIGEN_LAGEN, "woningbouwplannen") if has_contract(kolommen, laag)]
    meeste = max((len(LAGEN[laag].kolommen) for laag in passend), default=0)
    return {
        laag: "alle kolommen van deze laag"
        for laag in passend
        if len(LAGEN[laag].kolommen) == meeste
    }


def _without_coarser(herkend: Sequence[Herkend]) -> tuple[list[Herkend], list[str]]:
    """Leave out a division that the file has in a finer edition too, and name it."""
    namen = [h.kop.naam for h in herkend if h.soort == "gemeenten" and h.kop is not None]
    fijn = finest_cover(namen)
    if fijn is None:
        return list(herkend), []
    blijft = [h for h in herkend if h.kop is None or h.kop.naam not in namen or h.kop.naam == fijn]
    return blijft, [f"{naam} (grover dan {fijn})" for naam in namen if naam != fijn]


def _refuse_double_cover(herkend: Sequence[Herkend], pad: Path) -> None:
    """Refuse a file with two layers of a kind of which only one can count."""
    for soort in {h.soort for h in herkend}:
        lagen = [h.kop.naam for h in herkend if h.soort == soort and h.kop is not None]
        if len(lagen) > 1 and soort in LAGEN and LAGEN[soort].dekkend:
            raise OnbekendeSoortError(
                f"het bestand bevat meer dan één laag van de soort {soort}: {', '.join(lagen)}.",
                waar=pad.name,
                herstel="Bewaar de laag die moet gelden als eigen bestand.",
            )


def _ambiguous(kop: Laagkop, gronden: dict[str, str]) -> OnbekendeSoortError:
    soorten = "; ".join(f"{naam} ({grond})" for naam, grond in gronden.items())
    return OnbekendeSoortError(
        f"er passen meer soorten bij dit bestand: {soorten}.",
        waar=f"{kop.pad.name}, laag {kop.naam}",
        herstel=f"Kies er een: {' of '.join(f'--soort {naam}' for naam in gronden)}.",
    )


def _not_recognised(koppen: Sequence[Laagkop], soort: str | None, pad: Path) -> OnbekendeSoortError:
    lagen = "; ".join(
        f"laag {kop.naam} ({kop.geometrietype}) met kolommen "
        f"{', '.join(kop.kolommen[:8]) or '(geen)'}{' ...' if len(kop.kolommen) > 8 else ''}"
        for kop in koppen[:5]
    )
    wat = f"geen laag past bij de soort {soort}" if soort else "de soort is niet te herkennen"
    return OnbekendeSoortError(
        f"{wat}: {lagen}.",
        waar=pad.name,
        herstel="Zeg wat het is met --soort percelen, gemeenten of woningbouwplannen, of "
        f"bewaar het zonder bijzondere soort: {_general_options(koppen)}.",
    )


def _general_options(koppen: Sequence[Laagkop]) -> str:
    soorten = [str(kop.geometrietype).lower() for kop in koppen]
    opties = [
        f"--soort {naam}"
        for naam, stuk in zip(ALGEMEEN, ("point", "line", "polygon"), strict=True)
        if any(stuk in soort for soort in soorten)
    ]
    return " of ".join(opties) or "--soort punten, lijnen of vlakken"
