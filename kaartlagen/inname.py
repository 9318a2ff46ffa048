"""The way of a file into the store: recognise, read, check, repair, store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from kaartlagen.archiefinname import take_sources
from kaartlagen.bestandsvorm import Vorm, sniff
from kaartlagen.bewaard import stored_findings
from kaartlagen.bronhouders import known_source
from kaartlagen.bronnen.algemeen import read_general
from kaartlagen.bronnen.eigen import read_own
from kaartlagen.bronnen.gemeenten import timely
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.soort import Tabelsoort, XmlSoort
from kaartlagen.bronnen.tabellagen import read_layer
from kaartlagen.controlelijst import CONTROLEVERSIE
from kaartlagen.controles import (
    BRON_VERVANGEN,
    BRONLAAG_OVERGESLAGEN,
    BRONLAAG_VAN_MEER,
    Bevinding,
)
from kaartlagen.errors import CrsError, KaartlagenError, OnbekendeSoortError
from kaartlagen.gelezen import GelezenLaag
from kaartlagen.grenzen import require_points, require_rows
from kaartlagen.herkennen import ALGEMEEN, Herkend, Herkenning, recognise
from kaartlagen.herkomst import (
    GEREEDSCHAP,
    Bronvermelding,
    Herkomst,
    sha256_bron,
    sha256_with,
)
from kaartlagen.kolomkeuze import Kolomgeheugen, Kolomwijzer
from kaartlagen.lezen import Laagkop
from kaartlagen.ligging import InRd, bring_to_rd
from kaartlagen.opslag import Bbox, LaagOpslag
from kaartlagen.perceelplek import place_on_percelen
from kaartlagen.toetsen import check_layer
from kaartlagen.zuiveren import Gezuiverd, purify

Voortgang = Callable[[str, int, int], None]


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
class Innameverslag:
    """What became of all files: the layers taken in, and the files refused with the reason.

    `overgeslagen_bestanden` are those in archives that hold no geodata.
    """

    lagen: tuple[Inname, ...]
    geweigerde_bestanden: tuple[tuple[Path, KaartlagenError], ...]
    overgeslagen_bestanden: tuple[tuple[Path, KaartlagenError], ...] = ()


def read_bestand(
    pad: Path,
    *,
    soort: str | None = None,
    crs: str | None = None,
    peildatum: date | None = None,
    vermelding: Bronvermelding | None = None,
    kolommen: Mapping[str, str] | None = None,
    opslag: LaagOpslag | None = None,
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
    kolommen
        Which column of a table to read as what: our name to its own header.
    opslag
        The store, for the percelen that a table names and the choice of columns that was
        remembered (see `remember_columns`); None to do without both.
    voortgang
        Called as (stap, gedaan, totaal) during the checks that take long.

    Returns
    -------
    tuple of GelezenLaag
        At least one.

    Raises
    ------
    KaartlagenError
        When the file is refused as a whole: one subclass per reason. Of an archive, when
        nothing in it can be read; what of it is refused beside that is in the findings.
    """
    lees = partial(
        _read_file,
        soort=soort,
        crs=crs,
        peildatum=peildatum,
        vermelding=vermelding,
        kolommen=kolommen,
        opslag=opslag,
        voortgang=voortgang,
    )
    uitkomst = take_sources(pad, lees, list)
    if not uitkomst.genomen:
        raise uitkomst.geweigerd[0][1]
    eerste, *rest = uitkomst.genomen
    return (replace(eerste, bevindingen=eerste.bevindingen + uitkomst.findings()), *rest)


def _read_file(
    pad: Path,
    *,
    soort: str | None,
    crs: str | None,
    peildatum: date | None,
    vermelding: Bronvermelding | None,
    kolommen: Mapping[str, str] | None,
    opslag: LaagOpslag | None,
    voortgang: Voortgang | None,
) -> tuple[GelezenLaag, ...]:
    """Recognise, read, check and repair one file that is no archive; see `read_bestand`."""
    buiten = vermelding or Bronvermelding()
    wijzer = Kolomwijzer(kolommen or {}, Kolomgeheugen(opslag.map) if opslag else None)
    herkenning = _recognise(pad, soort, crs, wijzer)
    sha256 = sha256_bron(pad)
    ingelezen_op = datetime.now(UTC)
    lagen = []
    for herkend, ruw in _read(pad, herkenning):
        waar = f"{pad.name}, {ruw.laag}"
        require_rows(ruw.gelezen, waar)
        require_points(ruw.geometrie, waar)
        in_rd = bring_to_rd(ruw.geometrie, ruw.crs, crs, waar)
        lezing, in_rd, grond = _placed(ruw, in_rd, opslag)
        keuze = herkend.kop.keuze if herkend.kop else None
        schoon = purify(lezing, in_rd)
        bekend = known_source(lezing.laag, lezing.vorm, herkend.kop.kolommen if herkend.kop else ())
        herkomst = Herkomst(
            bron=lezing.bron,
            bestand=pad.name,
            sha256=sha256_with(sha256, lezing.ernaast),
            soort=herkend.soort,
            vorm=lezing.vorm,
            crs_bron=in_rd.stelsel.label,
            peildatum=peildatum or lezing.peildatum,
            ingelezen_op=ingelezen_op,
            gereedschap=GEREEDSCHAP,
            controles=CONTROLEVERSIE,
            eigenaar=buiten.eigenaar or lezing.eigenaar or bekend.eigenaar,
            licentie=buiten.licentie or lezing.licentie or bekend.licentie,
            url=buiten.url,
            leeswijze="; ".join(deel for deel in (keuze.tekst if keuze else "", grond) if deel),
            omzetting=in_rd.stelsel.omzetting,
        )
        inhoud = check_layer(lezing.laag, schoon.frame, ingelezen_op.date(), voortgang)
        if lezing.laag == "gemeenten":
            inhoud += timely(schoon.frame["gemeentecode"], herkomst.peildatum)
        lagen.append(replace(_layer(lezing, schoon, herkomst, inhoud), keuze=keuze))
    return _with_skipped(lagen, herkenning)


def ingest(
    paden: Sequence[Path],
    opslag: LaagOpslag,
    *,
    soort: str | None = None,
    crs: str | None = None,
    peildatum: date | None = None,
    vermelding: Bronvermelding | None = None,
    kolommen: Mapping[str, str] | None = None,
    voortgang: Voortgang | None = None,
) -> Innameverslag:
    """Take files into the store; each file wholly or not at all.

    Parameters
    ----------
    paden
        The files, in the order in which they are read.
    opslag
        The store.
    soort, crs, peildatum, vermelding, kolommen
        As `read_bestand`, for all files.
    voortgang
        Called as (file name, files done, files in all), before each file and at the end.

    Returns
    -------
    Innameverslag
        A file that was refused is in `geweigerde_bestanden`; nothing of it is stored. Of an
        archive each file in it stands for itself.
    """
    innamen: list[Inname] = []
    geweigerd: list[tuple[Path, KaartlagenError]] = []
    over: list[tuple[Path, KaartlagenError]] = []
    lees = partial(
        _read_file,
        soort=soort,
        crs=crs,
        peildatum=peildatum,
        vermelding=vermelding,
        kolommen=kolommen,
        opslag=opslag,
        voortgang=voortgang,
    )
    melden = voortgang or _silent
    for nummer, pad in enumerate(paden):
        melden(pad.name, nummer, len(paden))
        uitkomst = take_sources(pad, lees, partial(_keep, opslag=opslag), _workshop(opslag))
        innamen.extend(uitkomst.genomen)
        geweigerd.extend(uitkomst.geweigerd)
        over.extend(uitkomst.overgeslagen)
    melden("", len(paden), len(paden))
    return Innameverslag(tuple(innamen), tuple(geweigerd), tuple(over))


def _keep(lagen: Sequence[GelezenLaag], *, opslag: LaagOpslag) -> list[Inname]:
    """Store the layers of one source, and the columns that were chosen for it."""
    innamen = _store_all(lagen, opslag)
    remember_columns(lagen, opslag)
    return innamen


def _workshop(opslag: LaagOpslag) -> Path | None:
    """Give the folder to unpack in: the project's own disk, once there is a project."""
    return opslag.map if opslag.map.is_dir() else None


def remember_columns(lagen: Sequence[GelezenLaag], opslag: LaagOpslag) -> None:
    """Keep the choice of columns of layers that were read, for files with the same headers.

    Raises
    ------
    OpslagError
        When it cannot be written.
    """
    geheugen = Kolomgeheugen(opslag.map)
    for laag in lagen:
        keuze = laag.keuze
        if keuze is not None and dict(keuze.keuze) != geheugen.recall(keuze.koppen):
            geheugen.remember(keuze)


def _recognise(pad: Path, soort: str | None, crs: str | None, wijzer: Kolomwijzer) -> Herkenning:
    """Recognise a file; when its kind is unknown, a CRS that does not fit is said first.

    That is what the user must mend in the source; the kind is a matter of an option.
    """
    try:
        return recognise(pad, soort, wijzer)
    except OnbekendeSoortError as fout:
        if soort is not None or sniff(pad) is Vorm.XML:
            raise
        for herkend in recognise(pad, ALGEMEEN[0], wijzer).herkend:
            if herkend.kop is not None:
                bron = read_layer(herkend.kop)
                waar = f"{pad.name}, {herkend.kop.naam}"
                try:
                    bring_to_rd(bron.geometrie, bron.kop.crs, crs, waar)
                except CrsError as stelsel:
                    raise stelsel from fout
        raise


def _placed(ruw: Lezing, in_rd: InRd, opslag: LaagOpslag | None) -> tuple[Lezing, InRd, str]:
    """Give rows that name percelen their ground, and say which snapshots that came from."""
    if not ruw.percelen:
        return ruw, in_rd, ""
    if opslag is None:
        return *place_on_percelen(ruw, in_rd, None), ""
    lezing, rd = place_on_percelen(ruw, in_rd, opslag.read("percelen"))
    return lezing, rd, ", ".join(opname.id for opname in opslag.current("percelen"))


def _read(pad: Path, herkenning: Herkenning) -> Iterator[tuple[Herkend, Lezing]]:
    """Read every recognised layer, with what it was recognised as."""
    for herkend in herkenning.herkend:
        if isinstance(herkend.lezer, XmlSoort):
            lezingen = herkend.lezer.read(pad)
        elif herkend.kop is not None:
            lezingen = _read_table(herkend, herkend.kop)
            if sum(ander.soort == herkend.soort for ander in herkenning.herkend) > 1:
                lezingen = tuple(_one_of_more(lezing, herkend.kop.naam) for lezing in lezingen)
        else:
            raise ValueError("neither an XML reader nor a table layer")
        yield from ((herkend, lezing) for lezing in lezingen)


def _read_table(herkend: Herkend, kop: Laagkop) -> tuple[Lezing, ...]:
    bron = read_layer(kop)
    if herkend.erbij:
        erbij = {naam: read_layer(bij).kolommen for naam, bij in herkend.erbij}
        bron = replace(bron, erbij=erbij)
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
    lezing: Lezing,
    schoon: Gezuiverd,
    herkomst: Herkomst,
    inhoud: tuple[Bevinding, ...],
) -> GelezenLaag:
    return GelezenLaag(
        laag=lezing.laag,
        soort=herkomst.soort,
        frame=schoon.frame,
        herkomst=herkomst,
        gelezen=lezing.gelezen,
        geweigerd=lezing.gelezen - len(schoon.frame),
        hersteld=schoon.hersteld,
        bevindingen=lezing.bevindingen + schoon.bevindingen + inhoud,
    )


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
        bevindingen += stored_findings(opslag, opname, laag.herkomst)
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
        omzetting=laag.herkomst.omzetting,
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
