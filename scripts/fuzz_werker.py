"""The process that reads damaged files: one input at a time, and tells what came of it."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import traceback
import warnings
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

from fuzz_bronnen import Bron
from fuzz_mutaties import mutate

from kaartlagen import grootinname
from kaartlagen.errors import KaartlagenError
from kaartlagen.ingenomen import Innameverslag
from kaartlagen.inname import ingest
from kaartlagen.opslag import LaagOpslag

SOORTEN = (*[None] * 40, "vlakken", "punten", "percelen", "woningbouwplannen", "imro")
STELSELS = (*[None] * 30, "EPSG:28992", "EPSG:4326", "EPSG:28992/yx")
_GEWOON_VANAF = grootinname.GROOT_VANAF_BYTES
_RUIMTE_BYTES = 4 << 30
"""More address space than a sound reading takes; without it one bad input fills the machine."""


def work(pijp: Connection, bronnen: tuple[Bron, ...], zaad: int, werkmap: Path) -> None:
    """Serve inputs by number until the pipe closes; None is a request to warm up."""
    _settle(werkmap)
    while True:
        try:
            nummer = pijp.recv()
        except EOFError:
            return
        if nummer is None:
            for ronde in range(2):
                _choose_road(ronde)
                for bron in bronnen[ronde::2]:
                    _take(_write(bron, bron.inhoud, werkmap), werkmap, None, None)
                    _clear(werkmap)
            pijp.send({"klaar": True})
            continue
        _choose_road(nummer // len(bronnen))
        pad, soort, crs = make_input(bronnen, zaad, nummer, werkmap)
        vooraf = _listing(werkmap)
        pijp.send("begin")
        _reset_peak()
        uit = _take(pad, werkmap, soort, crs)
        uit["geheugen"] = peak_bytes()
        uit["bestanden"] = sorted(_listing(werkmap) ^ vooraf)[:5]
        uit["naam"] = pad.name
        _clear(werkmap)
        pijp.send(uit)


def _choose_road(ronde: int) -> None:
    """Let small files take the road of large ones every other time."""
    grootinname.GROOT_VANAF_BYTES = _GEWOON_VANAF if ronde % 2 else 0


def make_input(
    bronnen: tuple[Bron, ...], zaad: int, nummer: int, werkmap: Path
) -> tuple[Path, str | None, str | None]:
    """Make one damaged file; the same number always gives the same one."""
    dobbel = Random(f"{zaad}:{nummer}")  # noqa: S311
    bron = bronnen[nummer % len(bronnen)]
    inhoud = mutate(bron.inhoud, dobbel, [b.inhoud for b in bronnen])
    pad = _write(bron, inhoud, werkmap)
    return pad, dobbel.choice(SOORTEN), dobbel.choice(STELSELS)


def _take(pad: Path, werkmap: Path, soort: str | None, crs: str | None) -> dict[str, Any]:
    """Take a file in, and check what is promised of every reading."""
    try:
        opslag = LaagOpslag(werkmap / "project" / "lagen")
        verslag = ingest([pad], opslag, soort=soort, crs=crs)
        _check(verslag, opslag)
    except KaartlagenError as fout:
        return {"soort": "geweigerd", "reden": fout.melding}
    except MemoryError:
        return {"soort": "geheugen", "reden": traceback.format_exc()[-1500:]}
    except BaseException:  # noqa: BLE001  (to see that nothing else comes is the purpose)
        return {"soort": "crash", "reden": traceback.format_exc()[-1500:]}
    gelezen = any(laag.opgenomen for laag in verslag.lagen)
    return {"soort": "gelezen" if gelezen else "geweigerd", "reden": _reasons(verslag)}


def _reasons(verslag: Innameverslag) -> str:
    return "; ".join(fout.melding for _, fout in verslag.geweigerde_bestanden)[:300]


def _check(verslag: Innameverslag, opslag: LaagOpslag) -> None:
    """Read = stored + refused, every refused row is in a finding, and the store reads back."""
    for laag in verslag.lagen:
        fouten = sum(bev.aantal for bev in laag.bevindingen if bev.niveau == "fout")
        _require(laag.gelezen == laag.opgenomen + laag.geweigerd, "gelezen is niet de som")
        _require(
            fouten == laag.geweigerd, f"{laag.laag}: {laag.geweigerd} geweigerd, {fouten} gemeld"
        )
    for naam in {opname.laag for opname in opslag.snapshots()}:
        frame = opslag.read(naam)
        _require(bool(frame.geometry.is_valid.all()), "ongeldige geometrie bewaard")
    for pad, fout in verslag.geweigerde_bestanden:
        _require(bool(fout.wat), f"weigering zonder reden: {pad}")
        _require("\n" not in fout.melding, f"een melding van meer regels: {fout}")


def _require(goed: bool, wat: str) -> None:
    if not goed:
        raise AssertionError(wat)


def _write(bron: Bron, inhoud: bytes, werkmap: Path) -> Path:
    map_ = werkmap / "bron"
    _empty(map_)
    for naam, deel in bron.ernaast:
        (map_ / naam).write_bytes(deel)
    (map_ / bron.naam).write_bytes(inhoud)
    shp = next((pad for pad in map_.iterdir() if pad.suffix == ".shp"), None)
    return shp or map_ / bron.naam


def _listing(werkmap: Path) -> set[tuple[str, int, int]]:
    """List all files in the places that a reading must leave alone; the project is its own."""
    uit = set()
    for pad in werkmap.rglob("*"):
        if "project" not in pad.relative_to(werkmap).parts and pad.is_file():
            feit = pad.stat()
            uit.add((str(pad.relative_to(werkmap)), feit.st_size, feit.st_mtime_ns))
    return uit


def _clear(werkmap: Path) -> None:
    for naam in ("project", "bron", "tmp"):
        _empty(werkmap / naam)


def _empty(map_: Path) -> None:
    shutil.rmtree(map_, ignore_errors=True)
    map_.mkdir(parents=True, exist_ok=True)


def _settle(werkmap: Path) -> None:
    """Give the process a home, a working folder and a temporary folder of its own."""
    for naam in ("bron", "project", "tmp", "thuis", "cwd"):
        (werkmap / naam).mkdir(parents=True, exist_ok=True)
    os.environ.update(HOME=str(werkmap / "thuis"), TMPDIR=str(werkmap / "tmp"))
    tempfile.tempdir = str(werkmap / "tmp")
    os.chdir(werkmap / "cwd")
    warnings.simplefilter("ignore")
    # What GDAL writes to stderr would drown the tally.
    stil = os.open(os.devnull, os.O_WRONLY)
    os.dup2(stil, 2)
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  (it is not there on Windows)

        bezet = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        grens = bezet + _RUIMTE_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (grens, grens))


def _reset_peak() -> None:
    """Let the peak of memory begin anew (Linux)."""
    if sys.platform == "linux":
        Path("/proc/self/clear_refs").write_text("5")


def peak_bytes() -> int:
    """Give the largest resident memory since `_reset_peak`; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0
    for regel in Path("/proc/self/status").read_text().splitlines():
        if regel.startswith("VmHWM:"):
            return int(regel.split()[1]) * 1024
    return 0
