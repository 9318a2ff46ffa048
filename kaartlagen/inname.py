"""The way of a file into the store: recognise, read, check, repair, store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import geopandas as gpd

from kaartlagen.bestandsvorm import Vorm, sniff
from kaartlagen.bronnen.algemeen import read_general
from kaartlagen.bronnen.eigen import read_own
from kaartlagen.bronnen.gemeenten import timely
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.soort import Tabelsoort, XmlSoort
from kaartlagen.controlelijst import CONTROLEVERSIE
from kaartlagen.controles import (
    BRON_VERVANGEN,
    BRONLAAG_OVERGESLAGEN,
    BRONLAAG_VAN_MEER,
    Bevinding,
)
from kaartlagen.errors import CrsError, KaartlagenError, OnbekendeSoortError
from kaartlagen.herkennen import ALGEMEEN, Herkend, Herkenning, recognise
from kaartlagen.herkomst import GEREEDSCHAP, Bronvermelding, Herkomst, sha256_bron
from kaartlagen.lezen import Laagkop, read_layer
from kaartlagen.ligging import bring_to_rd
from kaartlagen.opslag import Bbox, LaagOpslag
from kaartlagen.toetsen import check_layer
from kaartlagen.zuiveren import Gezuiverd, purify

Voortgang = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class GelezenLaag:
    """One layer of a file, read, checked and repaired, not stored.

    `frame` has the contract's columns and geometry in EPSG:28992; its index is the row's
    number in the source. `gelezen` = rows in `frame` + `geweigerd`.
    """

    laag: str
    soort: str
    frame: gpd.GeoDataFrame
    herkomst: Herkomst
    gelezen: int
    geweigerd: int
    hersteld: int
    bevindingen: tuple[Bevinding, ...]


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
    bbox_rd: Bbox | None
    oppervlakte_m2: float
    bevindingen: tuple[Bevinding, ...]
    momentopname: str | None


@dataclass(frozen=True, slots=True)
class Innameverslag:
    """What became of all files: the layers taken in, and the files refused with the reason."""

    lagen: tuple[Inname, ...]
    geweigerde_bestanden: tuple[tuple[Path, KaartlagenError], ...]


def read_bestand(
    pad: Path,
    *,
    soort: str | None = None,
    crs: str | None = None,
    peildatum: date | None = None,
    vermelding: Bronvermelding | None = None,
    voortgang: Voortgang | None = None,
) -> tuple[GelezenLaag, ...]:
    """Recognise, read, check and repair a file; nothing is stored or written.

    Parameters
    ----------
    pad
        The file.
    soort
        What it is (see `kaartlagen.herkennen.SOORTEN`); None to recognise it.
    crs
        The CRS of its coordinates, over what the file says; None to believe the file.
    peildatum
        The date for which it holds; None for the date that the source itself gives.
    vermelding
        Whose data it is, its terms and where it came from, over what its form tells.
    voortgang
        Called as (stap, gedaan, totaal) during the checks that take long.

    Returns
    -------
    tuple of GelezenLaag
        At least one.

    Raises
    ------
    KaartlagenError
        When the file is refused as a whole: one subclass per reason.
    """
    buiten = vermelding or Bronvermelding()
    herkenning = _recognise(pad, soort, crs)
    sha256 = sha256_bron(pad)
    ingelezen_op = datetime.now(UTC)
    lagen = []
    for bron_soort, lezing in _read(pad, herkenning):
        in_rd = bring_to_rd(lezing.geometrie, lezing.crs, crs, f"{pad.name}, {lezing.laag}")
        schoon = purify(lezing, in_rd)
        herkomst = Herkomst(
            bron=lezing.bron,
            bestand=pad.name,
            sha256=sha256,
            soort=bron_soort,
            vorm=lezing.vorm,
            crs_bron=in_rd.stelsel.label,
            peildatum=peildatum or lezing.peildatum,
            ingelezen_op=ingelezen_op,
            gereedschap=GEREEDSCHAP,
            controles=CONTROLEVERSIE,
            eigenaar=buiten.eigenaar or lezing.eigenaar,
            licentie=buiten.licentie or lezing.licentie,
            url=buiten.url,
        )
        inhoud = check_layer(lezing.laag, schoon.frame, ingelezen_op.date(), voortgang)
        lagen.append(_layer(bron_soort, lezing, schoon, herkomst, inhoud))
    return _with_skipped(lagen, herkenning)


def ingest(
    paden: Sequence[Path],
    opslag: LaagOpslag,
    *,
    soort: str | None = None,
    crs: str | None = None,
    peildatum: date | None = None,
    vermelding: Bronvermelding | None = None,
    voortgang: Voortgang | None = None,
) -> Innameverslag:
    """Take files into the store; each file wholly or not at all.

    Parameters
    ----------
    paden
        The files, in the order in which they are read.
    opslag
        The store.
    soort, crs, peildatum, vermelding
        As `read_bestand`, for all files.
    voortgang
        Called as (file name, files done, files in all), before each file and at the end.

    Returns
    -------
    Innameverslag
        A file that was refused is in `geweigerde_bestanden`; nothing of it is stored.
    """
    innamen: list[Inname] = []
    geweigerd: list[tuple[Path, KaartlagenError]] = []
    melden = voortgang or _silent
    for nummer, pad in enumerate(paden):
        melden(pad.name, nummer, len(paden))
        try:
            lagen = read_bestand(
                pad,
                soort=soort,
                crs=crs,
                peildatum=peildatum,
                vermelding=vermelding,
                voortgang=voortgang,
            )
            innamen.extend(_store_all(lagen, opslag))
        except KaartlagenError as fout:
            geweigerd.append((pad, fout))
    melden("", len(paden), len(paden))
    return Innameverslag(tuple(innamen), tuple(geweigerd))


def _recognise(pad: Path, soort: str | None, crs: str | None) -> Herkenning:
    """Recognise a file; when its kind is unknown, a CRS that does not fit is said first.

    That is what the user must mend in the source; the kind is a matter of an option.
    """
    try:
        return recognise(pad, soort)
    except OnbekendeSoortError as fout:
        if soort is not None or sniff(pad) is Vorm.XML:
            raise
        for herkend in recognise(pad, ALGEMEEN[0]).herkend:
            if herkend.kop is not None:
                bron = read_layer(herkend.kop)
                waar = f"{pad.name}, {herkend.kop.naam}"
                try:
                    bring_to_rd(bron.geometrie, bron.kop.crs, crs, waar)
                except CrsError as stelsel:
                    raise stelsel from fout
        raise


def _read(pad: Path, herkenning: Herkenning) -> Iterator[tuple[str, Lezing]]:
    """Read every recognised layer, with the kind that it was read as."""
    for herkend in herkenning.herkend:
        if isinstance(herkend.lezer, XmlSoort):
            lezingen = herkend.lezer.read(pad)
        elif herkend.kop is not None:
            lezingen = _read_table(herkend, herkend.kop)
            if sum(ander.soort == herkend.soort for ander in herkenning.herkend) > 1:
                lezingen = tuple(_one_of_more(lezing, herkend.kop.naam) for lezing in lezingen)
        else:
            raise ValueError("neither an XML reader nor a table layer")
        yield from ((herkend.soort, lezing) for lezing in lezingen)


def _read_table(herkend: Herkend, kop: Laagkop) -> tuple[Lezing, ...]:
    bron = read_layer(kop)
    if isinstance(herkend.lezer, Tabelsoort):
        return herkend.lezer.read(bron)
    if herkend.soort in ALGEMEEN:
        return (read_general(bron, herkend.soort),)
    return (read_own(bron, herkend.soort),)


def _one_of_more(lezing: Lezing, laagnaam: str) -> Lezing:
    """Make layers of one file sources of their own: the newest must not hide the others."""
    return replace(
        lezing,
        bron=f"{lezing.bron}#{laagnaam}",
        bevindingen=lezing.bevindingen + BRONLAAG_VAN_MEER.report(1, (laagnaam,)),
    )


def _layer(
    soort: str,
    lezing: Lezing,
    schoon: Gezuiverd,
    herkomst: Herkomst,
    inhoud: tuple[Bevinding, ...],
) -> GelezenLaag:
    return GelezenLaag(
        laag=lezing.laag,
        soort=soort,
        frame=schoon.frame,
        herkomst=herkomst,
        gelezen=lezing.gelezen,
        geweigerd=lezing.gelezen - len(schoon.frame),
        hersteld=schoon.hersteld,
        bevindingen=lezing.bevindingen
        + schoon.bevindingen
        + inhoud
        + _of_its_time(lezing, schoon, herkomst),
    )


def _of_its_time(lezing: Lezing, schoon: Gezuiverd, herkomst: Herkomst) -> tuple[Bevinding, ...]:
    if lezing.laag != "gemeenten":
        return ()
    return timely(schoon.frame["gemeentecode"], herkomst.peildatum)


def _with_skipped(lagen: list[GelezenLaag], herkenning: Herkenning) -> tuple[GelezenLaag, ...]:
    """Tell with the first layer which layers of the file were passed over."""
    over = herkenning.overgeslagen
    gemeld = BRONLAAG_OVERGESLAGEN.report(len(over), over)
    eerste = replace(lagen[0], bevindingen=lagen[0].bevindingen + gemeld)
    return (eerste, *lagen[1:])


def _store_all(lagen: Sequence[GelezenLaag], opslag: LaagOpslag) -> list[Inname]:
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
    bevindingen = laag.bevindingen + _replaced(laag, opslag)
    opname = None
    if len(laag.frame):
        opname = opslag.store(laag.laag, laag.frame, laag.herkomst, bevindingen)
    return Inname(
        laag=laag.laag,
        soort=laag.soort,
        bestand=laag.herkomst.bestand,
        peildatum=laag.herkomst.peildatum,
        gelezen=laag.gelezen,
        opgenomen=len(laag.frame),
        geweigerd=laag.geweigerd,
        hersteld=laag.hersteld,
        crs_bron=laag.herkomst.crs_bron,
        bbox_rd=opname.bbox_rd if opname else None,
        oppervlakte_m2=opname.oppervlakte_m2 if opname else 0.0,
        bevindingen=bevindingen,
        momentopname=opname.id if opname else None,
    )


def _replaced(laag: GelezenLaag, opslag: LaagOpslag) -> tuple[Bevinding, ...]:
    """Say which snapshot of the same source no longer counts: a name may be used twice."""
    eerder = [
        opname
        for opname in opslag.current(laag.laag)
        if opname.herkomst.bron == laag.herkomst.bron
        and opname.herkomst.sha256 != laag.herkomst.sha256
    ]
    return BRON_VERVANGEN.report(len(eerder), (opname.id for opname in eerder))


def _silent(_stap: str, _klaar: int, _totaal: int) -> None:
    """Report progress to nobody."""
