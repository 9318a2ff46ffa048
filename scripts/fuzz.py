"""Damaged real files through the whole way in: refused or read, and never anything else.

    python scripts/fuzz.py --aantal 20000

takes real files (`../shared/data`, or DAEB_DATA) and one made of every form, damages them in
turn, and has each read and stored by a process of its own. It fails on an exception that is
no KaartlagenError, on a process that dies, on more than 5 s or 1 GB, on a file outside the
project folder, and on rows that are neither stored nor refused in a finding. The same seed
gives the same inputs: `--alleen 123` takes one of them again and keeps the file.
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

SCRIPTS = Path(__file__).resolve().parent
sys.path[:0] = [str(SCRIPTS), str(SCRIPTS.parent)]

from fuzz_bronnen import Bron, find_sources  # noqa: E402
from fuzz_werker import make_input, work  # noqa: E402

MAX_GEHEUGEN = 1 << 30
_FOUT = ("crash", "gestorven", "te lang", "geheugen", "bestanden")


@dataclass
class Uitslag:
    """The tally, and every failure with its number."""

    tellingen: Counter[str] = field(default_factory=Counter)
    gevallen: list[tuple[int, str, str, str]] = field(default_factory=list)
    langste_s: float = 0.0
    meeste_bytes: int = 0

    @property
    def geslaagd(self) -> bool:
        return not self.gevallen


class Werker:
    """One reading process; it is replaced when it dies or must be ended."""

    def __init__(self, bronnen: tuple[Bron, ...], zaad: int, werkmap: Path) -> None:
        self._stof = (bronnen, zaad, werkmap)
        self._proces: SpawnProcess | None = None
        self._pijp: Connection | None = None

    def take(self, nummer: int, tijd_s: float) -> dict[str, Any]:
        """Have one input read; give what came of it, with the seconds that it took."""
        pijp = self._pijp or self._start()
        pijp.send(nummer)
        try:
            pijp.recv()
        except EOFError:
            return self._died()
        begin, cpu = time.monotonic(), self._cpu_s()
        while not pijp.poll(0.1):
            if not self._alive():
                break
            # On a busy machine the clock runs while the process waits its turn.
            if self._cpu_s() - cpu > tijd_s or time.monotonic() - begin > 8 * tijd_s:
                self.stop()
                return {"soort": "te lang", "reden": f"meer dan {tijd_s:g} s"}
        try:
            uit: dict[str, Any] = pijp.recv()
        except EOFError:
            return self._died()
        uit["seconden"] = min(time.monotonic() - begin, self._cpu_s() - cpu + 0.1)
        return uit

    def stop(self) -> None:
        """End the process."""
        if self._proces is not None:
            self._proces.kill()
            self._proces.join()
        self._proces = self._pijp = None

    def _start(self) -> Connection:
        bronnen, zaad, werkmap = self._stof
        context = multiprocessing.get_context("spawn")
        hier, daar = context.Pipe()
        self._proces = context.Process(
            target=work, args=(daar, bronnen, zaad, werkmap), daemon=True
        )
        self._proces.start()
        daar.close()
        self._pijp = hier
        # The first reading compiles and imports; that is not the input's time.
        hier.send(None)
        hier.recv()
        return hier

    def _died(self) -> dict[str, Any]:
        if self._proces is not None:
            self._proces.join(5)
        code = self._proces.exitcode if self._proces else None
        self.stop()
        return {"soort": "gestorven", "reden": f"het leesproces stierf (code {code})"}

    def _alive(self) -> bool:
        return self._proces is not None and self._proces.is_alive()

    def _cpu_s(self) -> float:
        """Give the processor time of the process; elsewhere than on Linux the clock."""
        if sys.platform != "linux" or self._proces is None:
            return time.monotonic()
        try:
            delen = Path(f"/proc/{self._proces.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(delen[11]) + int(delen[12])) / 100


def run(aantal: int, zaad: int, *, vanaf: int = 0, tijd_s: float = 5.0, meld: int = 0) -> Uitslag:
    """Read a number of damaged files and tell what came of them."""
    uitslag = Uitslag()
    with tempfile.TemporaryDirectory(prefix="daeb-fuzz-", ignore_cleanup_errors=True) as map_:
        werkmap = Path(map_) / "werk"
        werkmap.mkdir()
        bronnen = find_sources(Path(map_))
        werker = Werker(bronnen, zaad, werkmap)
        try:
            for nummer in range(vanaf, vanaf + aantal):
                uit = werker.take(nummer, tijd_s)
                _count(uitslag, nummer, bronnen[nummer % len(bronnen)].naam, uit)
                if meld:
                    _report(uitslag, nummer, meld)
        finally:
            werker.stop()
    return uitslag


def _report(uitslag: Uitslag, nummer: int, meld: int) -> None:
    """Tell of a failure at once, and of the tally now and then."""
    if uitslag.gevallen and uitslag.gevallen[-1][0] == nummer:
        _, naam, soort, reden = uitslag.gevallen[-1]
        print(f"--- {nummer} {naam}: {soort}\n{reden}", flush=True)
    if (nummer + 1) % meld == 0:
        print(f"{nummer + 1}: {_tally(uitslag)}", flush=True)


def _count(uitslag: Uitslag, nummer: int, naam: str, uit: dict[str, Any]) -> None:
    soort = uit["soort"]
    if soort not in _FOUT and uit["bestanden"]:
        soort, uit["reden"] = "bestanden", f"bestanden buiten het project: {uit['bestanden']}"
    if soort not in _FOUT and uit["geheugen"] > MAX_GEHEUGEN:
        soort, uit["reden"] = "geheugen", f"{uit['geheugen'] / 1e6:.0f} MB"
    uitslag.tellingen[soort] += 1
    uitslag.langste_s = max(uitslag.langste_s, uit.get("seconden", 0.0))
    uitslag.meeste_bytes = max(uitslag.meeste_bytes, uit.get("geheugen", 0))
    if soort in _FOUT:
        uitslag.gevallen.append((nummer, naam, soort, uit["reden"]))


def _tally(uitslag: Uitslag) -> str:
    tel = uitslag.tellingen
    return (
        f"{sum(tel.values())} invoeren: {tel['gelezen']} gelezen, {tel['geweigerd']} geweigerd, "
        f"{tel['crash']} crashes, {tel['gestorven']} gestorven, {tel['te lang']} te lang, "
        f"{tel['geheugen']} te veel geheugen, {tel['bestanden']} bestanden buiten het project; "
        f"langste {uitslag.langste_s:.1f} s, meeste geheugen {uitslag.meeste_bytes / 1e6:.0f} MB"
    )


def _keep(nummer: int, zaad: int) -> Path:
    """Make one input again and keep it, with the files beside it."""
    doel = Path(f"fuzz-{zaad}-{nummer}")
    with tempfile.TemporaryDirectory() as map_:
        werkmap = Path(map_) / "werk"
        werkmap.mkdir()
        pad, soort, crs = make_input(find_sources(Path(map_)), zaad, nummer, werkmap)
        shutil.copytree(pad.parent, doel, dirs_exist_ok=True)
    print(f"{doel / pad.name}  --soort {soort}  --crs {crs}")
    return doel


def main() -> int:
    lezer = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    lezer.add_argument("--aantal", type=int, default=20_000)
    lezer.add_argument("--zaad", type=int, default=1)
    lezer.add_argument("--vanaf", type=int, default=0, help="begin bij deze invoer")
    lezer.add_argument("--tijd", type=float, default=5.0, help="seconden per invoer")
    lezer.add_argument("--alleen", type=int, help="alleen deze invoer, en bewaar haar")
    keuze = lezer.parse_args()
    if keuze.alleen is not None:
        _keep(keuze.alleen, keuze.zaad)
        keuze.vanaf, keuze.aantal = keuze.alleen, 1
    uitslag = run(keuze.aantal, keuze.zaad, vanaf=keuze.vanaf, tijd_s=keuze.tijd, meld=1_000)
    print(_tally(uitslag))
    return 0 if uitslag.geslaagd else 1


if __name__ == "__main__":
    raise SystemExit(main())
