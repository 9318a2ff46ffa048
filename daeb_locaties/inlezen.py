"""Reading files of locaties and bids into the register, and the whole example at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from daeb_locaties.bod import read_biedingen
from daeb_locaties.errors import DaebError, LocatieError
from daeb_locaties.planlijst import read_planlijst
from daeb_locaties.project import Project, find_register, is_empty
from daeb_locaties.register import Register, Registerplaats, Schrijfverslag
from daeb_locaties.voorbeeld import Voorbeeldtellingen, write_voorbeeld
from daeb_locaties.voortgang import Voortgang, silent
from kaartlagen.controles import Bevinding
from kaartlagen.inname import ingest, read_bestand, remember_columns

PLANLIJST = "woningbouwplannen"
WIE = "opdrachtregel"
BEZIG = Path("voorbeeld", "nog-niet-klaar")


@dataclass(frozen=True, slots=True)
class Locatieverslag:
    """What reading one file of locaties did; gelezen = the sum of the other counts."""

    bestand: str
    gelezen: int
    geweigerd: int
    register: Schrijfverslag
    bevindingen: tuple[Bevinding, ...]


def ingest_locaties(
    project: Project,
    pad: Path,
    *,
    soort: str | None = None,
    crs: str | None = None,
    kolommen: Mapping[str, str] | None = None,
) -> Locatieverslag:
    """Read a planlijst, a table or any vector file into the register; all of it or nothing.

    Parameters
    ----------
    project
        The project; its percelen give rows that name percelen their place, and it keeps the
        choice of columns.
    pad
        The file.
    soort, crs, kolommen
        As `kaartlagen.inname.read_bestand`.

    Raises
    ------
    KaartlagenError
        When the file cannot be read.
    LocatieError
        When it is geodata, but holds no locaties.
    """
    gelezen = [
        laag
        for laag in read_bestand(
            pad,
            soort=soort or PLANLIJST,
            crs=crs,
            kolommen=kolommen,
            opslag=project.lagen,
        )
        if laag.laag == PLANLIJST
    ]
    if not any(len(laag.frame) for laag in gelezen):
        fouten = [b.uitleg for laag in gelezen for b in laag.bevindingen if b.niveau == "fout"]
        raise LocatieError(
            " ".join(["in dit bestand staat geen enkele bruikbare locatie.", *fouten]),
            waar=pad.name,
            herstel="Lever een planlijst aan met ten minste een naam en een vlak per plan.",
        )
    lijsten = [
        read_planlijst(laag.frame, laag.herkomst.bron, project.akkoord.prijsgrenzen)
        for laag in gelezen
    ]
    locaties = [loc for lijst in lijsten for loc in lijst.locaties]
    verslag = project.register.put_locaties(locaties, wie=WIE, reden=f"ingelezen uit {pad.name}")
    remember_columns(gelezen, project.lagen)
    return Locatieverslag(
        bestand=str(pad),
        gelezen=sum(laag.gelezen for laag in gelezen),
        geweigerd=sum(laag.geweigerd for laag in gelezen),
        register=verslag,
        bevindingen=tuple(
            b
            for laag, lijst in zip(gelezen, lijsten, strict=True)
            for b in (*laag.bevindingen, *lijst.bevindingen)
        ),
    )


def ingest_biedingen(project: Project, pad: Path) -> Schrijfverslag:
    """Read a file with bids into the register; all of it or nothing."""
    biedingen = read_biedingen(pad)
    return project.register.put_biedingen(biedingen, wie=WIE, reden=f"ingelezen uit {pad.name}")


def needs_voorbeeld(project_map: Path) -> bool:
    """Whether the folder is empty, or the making of the example in it was broken off."""
    return is_empty(project_map) or (project_map / BEZIG).exists()


def make_voorbeeld(
    project_map: Path, *, percelen: int = 5000, seed: int = 1, voortgang: Voortgang = silent
) -> Voorbeeldtellingen:
    """Write the example region and read it by the ordinary readers.

    A mark stands in the folder until all of it is done, so that what was broken off is
    made again.
    """
    bezig = project_map / BEZIG
    if not bezig.exists():
        _require_empty_register(find_register(project_map))
    bezig.parent.mkdir(parents=True, exist_ok=True)
    bezig.touch()
    tellingen = write_voorbeeld(project_map, percelen=percelen, seed=seed, voortgang=voortgang)
    with Project.open(project_map) as project:
        read_voorbeeld(project, voortgang)
    bezig.unlink()
    return tellingen


def _require_empty_register(plaats: Registerplaats) -> None:
    """Refuse to mix what is made up with a real register, as there may be on a server."""
    with Register(plaats) as register:
        if register.laatste_gebeurtenis():
            raise DaebError(
                "hier staat al een register; de fictieve voorbeeldregio komt er niet doorheen.",
                waar=str(plaats),
                herstel="Kies een lege map en een leeg register.",
            )


def read_voorbeeld(project: Project, voortgang: Voortgang = silent) -> None:
    """Read the written example region: layers, locaties and bids, by the ordinary readers."""
    bron = project.map / "voorbeeld"
    lagen = [bron / "gemeenten.gpkg", bron / "percelen.gpkg", *sorted(bron.glob("plannen/*.gml"))]
    verslag = ingest(lagen, project.lagen, voortgang=voortgang)
    for pad, fout in verslag.geweigerde_bestanden:
        raise LocatieError(fout.wat, waar=str(pad), herstel=fout.herstel) from fout
    for pad in sorted(bron.glob("planlijst*.gpkg")):
        ingest_locaties(project, pad)
    for pad in (*sorted(bron.glob("*bod*.csv")), *sorted(bron.glob("*bod*.xlsx"))):
        ingest_biedingen(project, pad)
