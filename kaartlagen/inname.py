"""The way of a file into the store: recognise, read, check, repair, store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from kaartlagen.archiefinname import take_sources
from kaartlagen.bestandsvorm import Vorm, sniff
from kaartlagen.bronnen.algemeen import read_general
from kaartlagen.bronnen.eigen import read_own
from kaartlagen.bronnen.gemeenten import timely
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.soort import Tabelsoort, XmlSoort
from kaartlagen.bronnen.tabellagen import read_layer
from kaartlagen.controles import BRONLAAG_OVERGESLAGEN, BRONLAAG_VAN_MEER, Bevinding
from kaartlagen.errors import CrsError, KaartlagenError, OnbekendeSoortError
from kaartlagen.gelezen import GelezenLaag
from kaartlagen.grenzen import require_points, require_rows
from kaartlagen.grootinname import take_in_parts
from kaartlagen.herkennen import ALGEMEEN, Herkend, Herkenning, recognise
from kaartlagen.herkomst import Bronvermelding, Herkomst, sha256_bron
from kaartlagen.ingenomen import (
    Inlezing,
    Inname,
    Innameverslag,
    Keuzes,
    make_herkomst,
    store_all,
)
from kaartlagen.kolomkeuze import Kolomgeheugen, Kolomwijzer
from kaartlagen.lezen import Laagkop
from kaartlagen.ligging import InRd, bring_to_rd
from kaartlagen.opslag import LaagOpslag
from kaartlagen.perceelplek import place_on_percelen
from kaartlagen.toetsen import check_layer
from kaartlagen.zuiveren import Gezuiverd, purify

Voortgang = Callable[[str, int, int], None]

__all__ = [
    "GelezenLaag",
    "Inname",
    "Innameverslag",
    "Voortgang",
    "ingest",
    "read_bestand",
    "remember_columns",
]


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
    keuzes = Keuzes(soort, crs, peildatum, vermelding, kolommen)
    lees = partial(_read_file, keuzes=keuzes, opslag=opslag, voortgang=voortgang)
    uitkomst = take_sources(pad, lees, list)
    if not uitkomst.genomen:
        raise uitkomst.geweigerd[0][1]
    eerste, *rest = uitkomst.genomen
    return (replace(eerste, bevindingen=eerste.bevindingen + uitkomst.findings()), *rest)


def _read_file(
    pad: Path, keuzes: Keuzes, opslag: LaagOpslag | None, voortgang: Voortgang | None
) -> tuple[GelezenLaag, ...]:
    """Recognise, read, check and repair one file that is no archive; see `read_bestand`."""
    wijzer = Kolomwijzer(keuzes.kolommen or {}, Kolomgeheugen(opslag.map) if opslag else None)
    herkenning = _recognise(pad, keuzes.soort, keuzes.crs, wijzer)
    inlezing = Inlezing(pad.name, sha256_bron(pad), datetime.now(UTC), keuzes)
    lagen = []
    for herkend, ruw in _read(pad, herkenning):
        waar = f"{pad.name}, {ruw.laag}"
        require_rows(ruw.gelezen, waar)
        require_points(ruw.geometrie, waar)
        in_rd = bring_to_rd(ruw.geometrie, ruw.crs, keuzes.crs, waar)
        lezing, in_rd, grond = _placed(ruw, in_rd, opslag)
        schoon = purify(lezing, in_rd)
        herkomst = make_herkomst(inlezing, herkend, lezing, in_rd, grond)
        inhoud = check_layer(lezing.laag, schoon.frame, inlezing.ingelezen_op.date(), voortgang)
        if lezing.laag == "gemeenten":
            inhoud += timely(schoon.frame["gemeentecode"], herkomst.peildatum)
        lagen.append(_layer(lezing, schoon, herkomst, inhoud, herkend))
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
    keuzes = Keuzes(soort, crs, peildatum, vermelding, kolommen)
    lees = partial(_read_file, keuzes=keuzes, opslag=opslag, voortgang=voortgang)
    groot = partial(take_in_parts, keuzes=keuzes, opslag=opslag, voortgang=voortgang)
    bewaar = partial(_keep, opslag=opslag)
    melden = voortgang or _silent
    for nummer, pad in enumerate(paden):
        melden(pad.name, nummer, len(paden))
        uitkomst = take_sources(pad, lees, bewaar, _workshop(opslag), groot)
        innamen.extend(uitkomst.genomen)
        geweigerd.extend(uitkomst.geweigerd)
        over.extend(uitkomst.overgeslagen)
    melden("", len(paden), len(paden))
    return Innameverslag(tuple(innamen), tuple(geweigerd), tuple(over))


def _keep(lagen: Sequence[GelezenLaag], *, opslag: LaagOpslag) -> list[Inname]:
    """Store the layers of one source, and the columns that were chosen for it."""
    innamen = store_all(lagen, opslag)
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
    herkend: Herkend,
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
        keuze=herkend.kop.keuze if herkend.kop else None,
    )


def _with_skipped(lagen: list[GelezenLaag], herkenning: Herkenning) -> tuple[GelezenLaag, ...]:
    """Tell with the first layer which layers of the file were passed over."""
    over = herkenning.overgeslagen
    gemeld = BRONLAAG_OVERGESLAGEN.report(len(over), over)
    eerste = replace(lagen[0], bevindingen=lagen[0].bevindingen + gemeld)
    return (eerste, *lagen[1:])


def _silent(_stap: str, _klaar: int, _totaal: int) -> None:
    """Report progress to nobody."""
