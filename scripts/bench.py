"""The benchmark: our area engine and its peers, in turn, on the same data, in one run.

    python scripts/bench.py overlay --percelen 600000

writes docs/bench_overlay.md. Peers that are not installed are named as skipped; install
them with the extra `bench`. PostGIS is asked when BENCH_POSTGIS holds a connection string.
`bench.py register` measures the register instead: see bench_register.py; `bench.py tegels` the
tiles and the page that draws them: see bench_tegels.py.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import bench_register
import bench_tegels
from bench_data import make_data
from bench_meting import compare
from bench_motoren import KOUD, WARM

ROOT = Path(__file__).resolve().parent.parent
NODIG = {
    "SedonaDB": "sedonadb",
    "DuckDB spatial": "duckdb_extension_spatial",
    "polars-st": "polars_st",
    "PostGIS": "psycopg",
}
ONZE = "kaartlagen.overlay"
POGINGEN = 3
"""An engine that dies of a signal is tried again: GEOS in threads does so now and then."""
_KOP = (
    "| engine | s | CPU s | times ours | CPU times ours | peak MB | pairs "
    "| worst difference m2 | worst unmatched m2 | total area, relative |"
)


def main() -> int:
    if sys.argv[1:2] == ["register"]:
        return bench_register.main(sys.argv[2:])
    if sys.argv[1:2] == ["tegels"]:
        return bench_tegels.main(sys.argv[2:])
    opties = _arguments()
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    draden = os.cpu_count() or 1
    data = make_data(opties.map, opties.percelen)
    verslag = Verslag(opties.verslag, [_head(opties.percelen, draden)])
    for groep, motoren, links, kop in (
        ("koud", KOUD, "percelen", "All parcels against all zones, cold (index building counted)"),
        ("warm", WARM, "locaties", "10,000 locations against all zones, warm index"),
    ):
        kies = [naam for naam in motoren if not opties.motoren or naam in opties.motoren]
        rijen: list[dict[str, Any]] = []
        verslag.delen.append("")
        for _ in run_group(groep, kies, data, links, draden, opties.uiterlijk, rijen):
            verslag.delen[-1] = format_table(kop, rijen)
            verslag.write()
    verslag.delen.append(measure_growth(opties, draden))
    print(verslag.write())
    return 0


@dataclass
class Verslag:
    """The report so far; written after every engine, so that a broken run is not lost."""

    pad: Path
    delen: list[str]

    def write(self) -> str:
        tekst = "\n".join(self.delen)
        self.pad.parent.mkdir(parents=True, exist_ok=True)
        self.pad.write_text(tekst, encoding="utf-8")
        return tekst


def _arguments() -> argparse.Namespace:
    lezer = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    lezer.add_argument("wat", choices=["overlay", "register", "tegels"])
    lezer.add_argument("--percelen", type=int, default=60_000)
    lezer.add_argument("--map", type=Path, default=Path(tempfile.gettempdir()) / "daeb-bench")
    lezer.add_argument("--verslag", type=Path, default=ROOT / "docs" / "bench_overlay.md")
    lezer.add_argument("--motoren", nargs="*", default=[], help="alleen deze motoren")
    lezer.add_argument("--uiterlijk", type=int, default=1800, help="seconden per motor")
    return lezer.parse_args()


def run_group(
    groep: str,
    motoren: list[str],
    data: Path,
    links: str,
    draden: int,
    uiterlijk: int,
    rijen: list[dict[str, Any]],
) -> Iterator[dict[str, Any]]:
    """Run the engines one after the other, each in its own process; add to `rijen`."""
    for motor in motoren:
        paren = data / f"{groep}-{len(rijen)}.npz"
        rij: dict[str, Any] = {"motor": motor, "bestand": paren}
        if reden := _absent(motor):
            rij["overgeslagen"] = reden
        else:
            rij |= _run_one(groep, motor, data, links, draden, paren, uiterlijk)
            if "overgeslagen" not in rij:
                rij |= compare(rijen[0]["bestand"] if rijen else paren, paren)
        print(groep, {k: v for k, v in rij.items() if k != "bestand"}, file=sys.stderr, flush=True)
        rijen.append(rij)
        yield rij


def _absent(motor: str) -> str:
    if motor in NODIG and find_spec(NODIG[motor]) is None:
        return f"skipped: {NODIG[motor]} is not installed"
    if motor == "PostGIS" and "BENCH_POSTGIS" not in os.environ:
        return "skipped: no server in BENCH_POSTGIS"
    return ""


def _run_one(
    groep: str, motor: str, data: Path, links: str, draden: int, paren: Path, uiterlijk: int
) -> dict[str, Any]:
    opdracht = [sys.executable, str(ROOT / "scripts" / "bench_meting.py"), groep, motor]
    opdracht += [str(data / f"{links}.parquet"), str(data / "zones.parquet"), str(draden)]
    for _ in range(POGINGEN):
        try:
            klaar = subprocess.run(
                [*opdracht, str(paren)],
                capture_output=True,
                text=True,
                check=False,
                timeout=uiterlijk,
            )
        except subprocess.TimeoutExpired:
            return {"overgeslagen": f"stopped after {uiterlijk} s"}
        if klaar.returncode >= 0:
            break
    if klaar.returncode:
        laatste = (klaar.stderr.strip().splitlines() or [f"signal {-klaar.returncode}"])[-1]
        return {"overgeslagen": f"failed: {laatste[:160]}"}
    figuren: dict[str, Any] = json.loads(klaar.stdout.strip().splitlines()[-1])
    return figuren


def format_table(kop: str, rijen: list[dict[str, Any]]) -> str:
    """Return one Markdown table with the times as a multiple of ours."""
    onze = next((rij for rij in rijen if rij["motor"] == ONZE and "seconden" in rij), None)
    uit = [
        f"## {kop}\n",
        _KOP,
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for rij in rijen:
        if "overgeslagen" in rij:
            uit.append(f"| {rij['motor']} | {rij['overgeslagen']} | | | | | | | | |")
            continue
        keer = [f"{rij[k] / onze[k]:.1f}" if onze else "" for k in ("seconden", "cpu")]
        uit.append(
            f"| {rij['motor']} | {rij['seconden']:.2f} | {rij['cpu']:.2f} | {keer[0]} | {keer[1]} "
            f"| {rij['piek_mb']:.0f} | {rij['paren']:,} | {rij['verschil_m2']:.1e} "
            f"| {rij['los_m2']:.1e} | {rij['totaal_relatief']:.0e} |"
        )
    return "\n".join(uit) + "\n"


def measure_growth(opties: argparse.Namespace, draden: int) -> str:
    """Return how our time grows with the number of pairs, between a hundredth and the whole."""
    punten = []
    for aantal in (opties.percelen // 100, opties.percelen // 10, opties.percelen):
        data = make_data(opties.map, max(aantal, 100))
        (rij,) = run_group("koud", [ONZE], data, "percelen", draden, opties.uiterlijk, [])
        punten.append((aantal, rij["paren"], rij["seconden"], rij["cpu"]))
    eerste, laatste = punten[0], punten[-1]
    groei = [math.log(laatste[k] / eerste[k]) / math.log(laatste[1] / eerste[1]) for k in (2, 3)]
    regels = [f"| {n:,} | {paren:,} | {s:.3f} | {cpu:.3f} |" for n, paren, s, cpu in punten]
    return "\n".join(
        [
            "## Growth\n",
            "| parcels | pairs | s | CPU s |",
            "|---|---|---|---|",
            *regels,
            f"\nTime grows with pairs to the power {groei[0]:.2f} (CPU time: {groei[1]:.2f}).\n",
        ]
    )


def _head(percelen: int, draden: int) -> str:
    return (
        "# Overlay: areas of all pairs\n\n"
        f"`python scripts/bench.py overlay --percelen {percelen}`, {draden} processors, every "
        "engine in its own process with the data in memory before the clock starts, in turn, "
        "the best of up to five rounds within 15 s. Differences are against "
        "our areas; pairs under 1e-6 m2 are left out. numba's compilation, once per "
        "installation, is not counted. Of PostGIS the CPU and memory are those of its client.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
