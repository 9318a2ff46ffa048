"""The register at its largest: 100,000 locaties and 1,000,000 events, on both databases.

    python scripts/bench.py register

makes a project through the ordinary ways in, runs the chain once, and then measures, each
time in a process of its own, how long it takes to open the list, to read the history of one
locatie and to read the balans. It writes docs/bench_register.md.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
from shapely import MultiPolygon, box

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from postgres import running_server  # noqa: E402

from daeb_locaties.begrippen import Component, Maat, Planstatus  # noqa: E402
from daeb_locaties.keten import ensure_beoordeeld  # noqa: E402
from daeb_locaties.model import Aantal, Bod, Bodregel, Locatie  # noqa: E402
from daeb_locaties.overzicht import read_balans, read_lijst, read_regels  # noqa: E402
from daeb_locaties.project import REGISTERVARIABELE, Project  # noqa: E402
from daeb_locaties.register import Auteur, Lijstvraag  # noqa: E402
from daeb_locaties.register.geschiedenis import read_history  # noqa: E402
from daeb_locaties.register.wijzigen import Wijziging, change_locatie  # noqa: E402
from kaartlagen.inname import ingest  # noqa: E402

GRENS_S = 1.0
RONDEN = 5
GEMEENTEN = 14
OORSPRONG = (60_000.0, 430_000.0)
RASTER_M = 90.0
JAREN = range(2026, 2031)
PARTIJEN = ("gemeente", "corporatie", "provincie")

AKKOORD = """[akkoord]
naam = "Proefakkoord"
status = "tussenakkoord"
begin = 2021
eind = 2030
"""


def make_locaties(aantal: int) -> list[Locatie]:
    """Locaties on a grid over fourteen gemeenten, five years of homes each."""
    breed = int(aantal**0.5) + 1
    statussen = list(Planstatus)
    return [
        Locatie(
            id=f"{n:08x}-0000-4000-8000-000000000000",
            naam=f"Locatie {n % 977} {n}",
            geometrie_rd=MultiPolygon([_square(n % breed, n // breed)]),
            bron="bench",
            bron_id=str(n),
            gemeente_opgegeven=f"Gemeente {n % GEMEENTEN}",
            corporaties=(f"Corporatie {n % 25}",),
            aantallen=tuple(
                Aantal(Component.NIEUWBOUW, Maat.DAEB, jaar, (n + jaar) % 40) for jaar in JAREN
            ),
            woningen_totaal=200,
            planstatus_opgegeven=statussen[n % len(statussen)],
            plantype="Verdichting",
        )
        for n in range(aantal)
    ]


def _square(kolom: int, rij: int) -> object:
    x, y = OORSPRONG[0] + RASTER_M * kolom, OORSPRONG[1] + RASTER_M * rij
    return box(x, y, x + 60, y + 60)


def write_gemeenten(pad: Path, aantal: int) -> None:
    """Fourteen strips over the grid."""
    breed = (int(aantal**0.5) + 1) * RASTER_M
    strook = breed / GEMEENTEN
    x, y = OORSPRONG
    vlakken = [
        box(x + n * strook, y - 9, x + (n + 1) * strook, y + breed) for n in range(GEMEENTEN)
    ]
    frame = gpd.GeoDataFrame(
        {
            "gemeentecode": [f"GM{9000 + n}" for n in range(GEMEENTEN)],
            "gemeentenaam": [f"Gemeente {n}" for n in range(GEMEENTEN)],
        },
        geometry=vlakken,
        crs="EPSG:28992",
    )
    frame.to_file(pad, layer="gemeenten", engine="pyogrio")


def fill(project: Project, aantal: int, gebeurtenissen: int) -> None:
    """Put locaties, and change each of them until there are so many events."""
    locaties = make_locaties(aantal)
    for ronde in range(-(-gebeurtenissen // aantal)):
        begin = time.perf_counter()
        for van in range(0, aantal, 10_000):
            project.register.put_locaties(
                locaties[van : van + 10_000],
                wie=f"Persoon {ronde}",
                partij=f"{PARTIJEN[ronde % 3]} {ronde}",
                reden="omdat de stand is bijgewerkt",
            )
        locaties = [_changed(locatie, ronde) for locatie in locaties]
        say(f"  ronde {ronde + 1}: {aantal / (time.perf_counter() - begin):,.0f} per seconde")


def _changed(locatie: Locatie, ronde: int) -> Locatie:
    """Return the locatie with a change as people make them: a count or the project phase."""
    if ronde % 3 == 2:
        return replace(locatie, projectfase=f"{ronde}. Fase")
    eerste, *rest = locatie.aantallen
    return replace(
        locatie, aantallen=(replace(eerste, waarschijnlijk=eerste.waarschijnlijk + 1), *rest)
    )


def make_biedingen() -> list[Bod]:
    return [
        Bod(
            gemeentecode=f"{9000 + n}",
            gemeentenaam=f"Gemeente {n}",
            volgnummer=0,
            datum=None,
            bron="bench",
            regels=(Bodregel(Component.NIEUWBOUW, Maat.DAEB, "2021-2030", 50_000),),
        )
        for n in range(GEMEENTEN)
    ]


def build(map_: Path, aantal: int, gebeurtenissen: int) -> dict[str, float]:
    """Make the project and run the chain; return the seconds of each."""
    map_.mkdir(parents=True)
    (map_ / "akkoord.toml").write_text(AKKOORD, encoding="utf-8")
    write_gemeenten(map_ / "gemeenten.gpkg", aantal)
    begin = time.perf_counter()
    with Project.open(map_) as project:
        ingest([map_ / "gemeenten.gpkg"], project.lagen)
        fill(project, aantal, gebeurtenissen)
        project.register.put_biedingen(make_biedingen(), wie="bench", reden="bench")
        gevuld = time.perf_counter()
        ensure_beoordeeld(project)
    return {"vullen": gevuld - begin, "keten": time.perf_counter() - gevuld}


def open_list(map_: Path) -> int:
    with Project.open(map_) as project:
        ensure_beoordeeld(project)
        return read_lijst(project, Lijstvraag()).totaal


def open_list_far(map_: Path) -> int:
    with Project.open(map_) as project:
        ensure_beoordeeld(project)
        return len(read_lijst(project, Lijstvraag(vanaf=50_000)).regels)


def read_one_history(map_: Path) -> int:
    nummer = random.randrange(1000)  # noqa: S311  (which one does not matter)
    with Project.open(map_) as project:
        return len(read_history(project.register, f"{nummer:08x}-0000-4000-8000-000000000000"))


def read_the_balans(map_: Path) -> int:
    with Project.open(map_) as project:
        ensure_beoordeeld(project)
        return read_balans(project).regio.hard


def read_everything(map_: Path) -> int:
    with Project.open(map_) as project:
        return len(read_regels(project))


def change_one(map_: Path) -> int:
    id_ = f"{random.randrange(1000):08x}-0000-4000-8000-000000000000"  # noqa: S311
    with Project.open(map_) as project:
        locatie = project.register.locatie(id_)
        if locatie is None:
            return 0
        wijziging = Wijziging(id_, locatie.versie, {"naam": f"{locatie.naam}."})
        uitkomst = change_locatie(project.register, wijziging, Auteur("Jan"), "omdat het moet")
        return uitkomst.gebeurtenis or 0


# What is measured, whether it has to be done within a second, and what it gives.
METINGEN: dict[str, tuple[Callable[[Path], int], bool, str]] = {
    "open the list (first page and the number in all)": (open_list, True, "locaties"),
    "a page in the middle of the list": (open_list_far, True, "rows"),
    "the history of one locatie": (read_one_history, True, "sentences"),
    "the balans per gemeente and region": (read_the_balans, True, "hard homes"),
    "every locatie with link and verdict, in full": (read_everything, False, "locaties"),
    "one change (event, seal, state, on disk)": (change_one, False, "number of the event"),
}


def measure(map_: Path, naam: str) -> None:
    """Measure one thing in this process and print it as JSON."""
    functie = METINGEN[naam][0]
    begin = time.perf_counter()
    uitkomst = functie(map_)
    print(json.dumps({"seconden": time.perf_counter() - begin, "uitkomst": uitkomst}))


def measure_apart(map_: Path, naam: str) -> dict[str, float]:
    """Measure one thing, each round in a process of its own; importing is not counted."""
    seconden, uitkomst = [], 0
    for _ in range(RONDEN):
        klaar = subprocess.run(
            [sys.executable, __file__, "--map", str(map_), "--meet", naam],
            capture_output=True,
            text=True,
            check=False,
        )
        if klaar.returncode:
            raise RuntimeError(klaar.stderr[-2000:])
        gemeten = json.loads(klaar.stdout.splitlines()[-1])
        seconden.append(gemeten["seconden"])
        uitkomst = gemeten["uitkomst"]
    return {
        "midden": statistics.median(seconden),
        "slechtst": max(seconden),
        "uitkomst": uitkomst,
    }


def report(map_: Path, gemaakt: dict[str, float], soort: str, omvang_mb: float) -> tuple[str, bool]:
    """Return the table of one database, and whether all that must be is within the bound."""
    regels = [
        f"## {soort}\n",
        (
            f"Made in {gemaakt['vullen']:.0f} s; the chain ran in {gemaakt['keten']:.0f} s; "
            f"the register takes {omvang_mb:,.0f} MB.\n"
        ),
        "| what | median s | worst s | bound | gives |",
        "|---|---|---|---|---|",
    ]
    goed = True
    for naam, (_, binnen, eenheid) in METINGEN.items():
        rij = measure_apart(map_, naam)
        say(f"  {naam}: {rij['midden']:.3f} s")
        goed = goed and (not binnen or rij["slechtst"] < GRENS_S)
        grens = f"{GRENS_S:.0f} s" if binnen else "-"
        regels.append(
            f"| {naam} | {rij['midden']:.3f} | {rij['slechtst']:.3f} | {grens} "
            f"| {rij['uitkomst']:,} {eenheid} |"
        )
    return "\n".join(regels) + "\n", goed


@contextmanager
def register_at(adres: str | None) -> Iterator[None]:
    """Let this process and its children find the register there."""
    if adres is None:
        os.environ.pop(REGISTERVARIABELE, None)
    else:
        os.environ[REGISTERVARIABELE] = adres
    try:
        yield
    finally:
        os.environ.pop(REGISTERVARIABELE, None)


def run_sqlite(opties: argparse.Namespace) -> tuple[str, bool]:
    map_ = opties.map / "sqlite"
    shutil.rmtree(map_, ignore_errors=True)
    say("SQLite")
    with register_at(None):
        gemaakt = build(map_, opties.locaties, opties.gebeurtenissen)
        omvang = sum(pad.stat().st_size for pad in map_.glob("register.sqlite*")) / 1e6
        return report(map_, gemaakt, "SQLite", omvang)


def run_postgres(opties: argparse.Namespace) -> tuple[str, bool]:
    map_ = opties.map / "postgresql"
    shutil.rmtree(map_, ignore_errors=True)
    say("PostgreSQL")
    with running_server(veilig=True) as server:
        if server is None:
            return "## PostgreSQL\n\nSkipped: no PostgreSQL with PostGIS on this machine.\n", True
        with register_at(server.adres("postgres")):
            gemaakt = build(map_, opties.locaties, opties.gebeurtenissen)
            omvang = sum(p.stat().st_size for p in (server.map / "data").rglob("*") if p.is_file())
            return report(map_, gemaakt, "PostgreSQL with PostGIS", omvang / 1e6)


def run(opties: argparse.Namespace) -> int:
    """Build and measure on each database; 1 when something took longer than it may."""
    delen = [
        "# The register at its largest\n",
        (
            f"`python scripts/bench.py register`: {opties.locaties:,} locaties, "
            f"{opties.gebeurtenissen:,} events, {os.cpu_count()} processors. Every measurement "
            f"opens the project anew in a process of its own, {RONDEN} times; importing the "
            "program is not counted.\n"
        ),
    ]
    goed = True
    for draai in (run_sqlite, run_postgres):
        deel, binnen = draai(opties)
        delen.append(deel)
        goed = goed and binnen
    tekst = "\n".join(delen)
    opties.verslag.write_text(tekst, encoding="utf-8")
    print(tekst)
    return 0 if goed else 1


def say(tekst: str) -> None:
    print(tekst, file=sys.stderr, flush=True)


def arguments(woorden: list[str]) -> argparse.Namespace:
    lezer = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    lezer.add_argument("--locaties", type=int, default=100_000)
    lezer.add_argument("--gebeurtenissen", type=int, default=1_000_000)
    lezer.add_argument("--map", type=Path, default=Path(tempfile.gettempdir()) / "daeb-bench-reg")
    lezer.add_argument("--verslag", type=Path, default=ROOT / "docs" / "bench_register.md")
    lezer.add_argument("--meet", help=argparse.SUPPRESS)
    return lezer.parse_args(woorden)


def main(woorden: list[str]) -> int:
    opties = arguments(woorden)
    if opties.meet:
        measure(opties.map, opties.meet)
        return 0
    return run(opties)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
