"""Layers taken into the store, and what is told of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kaartlagen.bewaard import stored_findings
from kaartlagen.bronhouders import known_source
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.controlelijst import CONTROLEVERSIE
from kaartlagen.controles import BRON_VERVANGEN, Bevinding
from kaartlagen.errors import KaartlagenError
from kaartlagen.gelezen import GelezenLaag
from kaartlagen.herkennen import Herkend
from kaartlagen.herkomst import GEREEDSCHAP, Bronvermelding, Herkomst, sha256_with
from kaartlagen.ligging import InRd
from kaartlagen.momentopname import Momentopname
from kaartlagen.opslag import Bbox, LaagOpslag


@dataclass(frozen=True, slots=True)
class Inname:
    """What became of one layer of one file.

    `gelezen` = `opgenomen` + `geweigerd`. `bbox_rd` and `momentopname` are None when no
    row could be stored.
    """

    laag: str
    soort: str
    bestand: str
    peildatum: date | None
    gelezen: int
    opgenomen: int
    geweigerd: int
    hersteld: int
    crs_bron: str
    omzetting: str | None
    bbox_rd: Bbox | None
    oppervlakte_m2: float
    bevindingen: tuple[Bevinding, ...]
    momentopname: str | None


@dataclass(frozen=True, slots=True)
class Aantallen:
    """Rows that a source has for a layer, those that were stored, and the repaired among them."""

    gelezen: int
    opgenomen: int
    hersteld: int


@dataclass(frozen=True, slots=True)
class Innameverslag:
    """What became of all files: the layers taken in, and the files refused with the reason.

    `overgeslagen_bestanden` are those in archives that hold no geodata.
    """

    lagen: tuple[Inname, ...]
    geweigerde_bestanden: tuple[tuple[Path, KaartlagenError], ...]
    overgeslagen_bestanden: tuple[tuple[Path, KaartlagenError], ...] = ()


@dataclass(frozen=True, slots=True)
class Keuzes:
    """What the user says of files that are to be read; see `inname.read_bestand`."""

    soort: str | None = None
    crs: str | None = None
    peildatum: date | None = None
    vermelding: Bronvermelding | None = None
    kolommen: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Inlezing:
    """One reading of one file: what it is called, its hash, the moment, and the user's word."""

    bestand: str
    sha256: str
    ingelezen_op: datetime
    keuzes: Keuzes


def make_herkomst(
    inlezing: Inlezing, herkend: Herkend, lezing: Lezing, in_rd: InRd, grond: str = ""
) -> Herkomst:
    """Write down where a layer comes from.

    Parameters
    ----------
    inlezing
        The reading of the file.
    herkend
        What the layer was recognised as.
    lezing
        What the source module said of it.
    in_rd
        How it came to RD.
    grond
        The snapshots of percelen that it was placed on.
    """
    kop, buiten = herkend.kop, inlezing.keuzes.vermelding or Bronvermelding()
    keuze = kop.keuze if kop else None
    bekend = known_source(lezing.laag, lezing.vorm, kop.kolommen if kop else ())
    return Herkomst(
        bron=lezing.bron,
        bestand=inlezing.bestand,
        sha256=sha256_with(inlezing.sha256, lezing.ernaast),
        soort=herkend.soort,
        vorm=lezing.vorm,
        crs_bron=in_rd.stelsel.label,
        peildatum=inlezing.keuzes.peildatum or lezing.peildatum,
        ingelezen_op=inlezing.ingelezen_op,
        gereedschap=GEREEDSCHAP,
        controles=CONTROLEVERSIE,
        eigenaar=buiten.eigenaar or lezing.eigenaar or bekend.eigenaar,
        licentie=buiten.licentie or lezing.licentie or bekend.licentie,
        url=buiten.url,
        leeswijze="; ".join(deel for deel in (keuze.tekst if keuze else "", grond) if deel),
        omzetting=in_rd.stelsel.omzetting,
    )


def store_all(lagen: Sequence[GelezenLaag], opslag: LaagOpslag) -> list[Inname]:
    """Store the layers of one file; when one cannot be stored, none of them stays."""
    try:
        return [_store_one(laag, opslag) for laag in lagen]
    except KaartlagenError:
        # Their herkomst holds the moment of this reading, so no older snapshot has it.
        eigen = {laag.herkomst for laag in lagen}
        for opname in opslag.snapshots():
            if opname.herkomst in eigen:
                opslag.remove(opname.id)
        raise


def _store_one(laag: GelezenLaag, opslag: LaagOpslag) -> Inname:
    bevindingen = laag.bevindingen + replaced_findings(laag.laag, laag.herkomst, opslag)
    opname = None
    if len(laag.frame):
        opname = opslag.store(laag.laag, laag.frame, laag.herkomst, bevindingen)
    aantallen = Aantallen(laag.gelezen, len(laag.frame), laag.hersteld)
    return describe_intake(laag.laag, laag.herkomst, aantallen, bevindingen, opname, opslag)


def describe_intake(
    laag: str,
    herkomst: Herkomst,
    aantallen: Aantallen,
    bevindingen: tuple[Bevinding, ...],
    opname: Momentopname | None,
    opslag: LaagOpslag,
) -> Inname:
    """Tell what became of a layer, and what its snapshot has to do with others.

    Parameters
    ----------
    laag
        The layer.
    herkomst
        What this reading says of the source.
    aantallen
        Its rows.
    bevindingen
        What was found.
    opname
        The snapshot; None when no row could be stored.
    opslag
        The store.
    """
    if opname is not None:
        bevindingen += stored_findings(opslag, opname, herkomst)
    return Inname(
        laag=laag,
        soort=herkomst.soort,
        bestand=herkomst.bestand,
        peildatum=herkomst.peildatum,
        gelezen=aantallen.gelezen,
        opgenomen=aantallen.opgenomen,
        geweigerd=aantallen.gelezen - aantallen.opgenomen,
        hersteld=aantallen.hersteld,
        crs_bron=herkomst.crs_bron,
        omzetting=herkomst.omzetting,
        bbox_rd=opname.bbox_rd if opname else None,
        oppervlakte_m2=opname.oppervlakte_m2 if opname else 0.0,
        bevindingen=bevindingen,
        momentopname=opname.id if opname else None,
    )


def replaced_findings(laag: str, herkomst: Herkomst, opslag: LaagOpslag) -> tuple[Bevinding, ...]:
    """Say which snapshot of the same source no longer counts: a name may be used twice."""
    eerder = [
        opname
        for opname in opslag.current(laag)
        if opname.herkomst.bron == herkomst.bron and opname.herkomst.sha256 != herkomst.sha256
    ]
    return BRON_VERVANGEN.report(len(eerder), (opname.id for opname in eerder))
