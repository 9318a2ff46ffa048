"""Checking a whole project: its register and the files of its layers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from daeb_locaties.project import Project
from daeb_locaties.register.controle import check_register
from kaartlagen.controles import Bevinding, Controle
from kaartlagen.errors import KaartlagenError
from kaartlagen.lagen import LAGEN
from kaartlagen.lezen import read_flatgeobuf_wkb
from kaartlagen.momentopname import Momentopname
from kaartlagen.opslag import LaagOpslag

LAAG_BESCHADIGD = Controle(
    "RG201",
    "fout",
    "Momentopnamen van lagen zijn beschadigd of onvolledig.",
    "",
    "Zet een reservekopie terug, of verwijder ze en lees hun bron opnieuw in.",
)
BESCHRIJVING_BESCHADIGD = Controle(
    "RG202",
    "fout",
    "Beschrijvingen van momentopnamen zijn niet te lezen.",
    "Hun hele laag is daardoor niet te gebruiken.",
    "Zet een reservekopie terug, of verwijder ze en lees hun bron opnieuw in.",
)
AFGEBROKEN = Controle(
    "RG203",
    "melding",
    "Er staan bestanden van een afgebroken inname.",
    "Ze tellen niet mee.",
    "U kunt ze verwijderen.",
)
UITKOMST_OUD = Controle(
    "RG204",
    "melding",
    "De laatste uitkomsten rusten op momentopnamen die niet meer gelden.",
    "",
    "Draai `beoordeel`; lijsten en uitvoer doen dat vanzelf.",
)


@dataclass(frozen=True, slots=True)
class Projectverslag:
    """What was checked, and what was found."""

    gebeurtenissen: int
    onderwerpen: int
    momentopnamen: int
    bevindingen: tuple[Bevinding, ...]

    @property
    def goed(self) -> bool:
        """Whether nothing is wrong."""
        return not any(b.niveau == "fout" for b in self.bevindingen)


def check_project(project: Project) -> Projectverslag:
    """Check seals, state and references of the register, and every layer snapshot.

    Raises
    ------
    RegisterError
        When the register cannot be read at all.
    """
    verslag = check_register(project.register)
    opnamen, onleesbaar = _read_snapshots(project)
    kapot = [opname.id for opname in opnamen if not _is_whole(opname)]
    resten = list(_leftovers(project.lagen.map, {opname.pad for opname in opnamen}))
    return Projectverslag(
        verslag.gebeurtenissen,
        verslag.onderwerpen,
        len(opnamen),
        (
            *verslag.bevindingen,
            *LAAG_BESCHADIGD.report(len(kapot), kapot),
            *BESCHRIJVING_BESCHADIGD.report(len(onleesbaar), onleesbaar),
            *AFGEBROKEN.report(len(resten), resten),
            *_outdated(project, opnamen),
        ),
    )


def _read_snapshots(project: Project) -> tuple[list[Momentopname], list[str]]:
    """Return the snapshots, and the layers whose descriptions cannot be read."""
    # A store of its own: one that was used before trusts what it read then.
    lagen = LaagOpslag(project.lagen.map)
    opnamen: list[Momentopname] = []
    onleesbaar = []
    for laag in LAGEN:
        try:
            opnamen += lagen.snapshots(laag)
        except KaartlagenError as fout:
            onleesbaar.append(fout.waar or laag)
    return opnamen, onleesbaar


def _is_whole(opname: Momentopname) -> bool:
    """Whether the rows of a snapshot can be read, as many as its description says."""
    try:
        nummers, _, _ = read_flatgeobuf_wkb(opname.pad, [], None)
    except KaartlagenError:
        return False
    return len(nummers) == opname.aantal


def _leftovers(map_: Path, geldig: set[Path]) -> Iterator[str]:
    """Name what an intake that was broken off left behind."""
    for pad in sorted(map_.glob("*/*.fgb")):
        if pad not in geldig and pad.parent.name in LAGEN:
            yield pad.name
    for pad in sorted(map_.glob("*/.schrijven-*")):
        yield f"{pad.parent.name}/{pad.name}"


def _outdated(project: Project, opnamen: list[Momentopname]) -> tuple[Bevinding, ...]:
    bewijs = project.register.ketenbewijs()
    if bewijs is None:
        return ()
    weg = sorted(set(bewijs.momentopnamen) - {opname.id for opname in opnamen})
    return UITKOMST_OUD.report(len(weg), weg)
