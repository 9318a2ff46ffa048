"""Does the register survive? Kill -9 during writing, a full disk, a read-only folder, a mad clock.

    python scripts/overleef.py --keer 200 --register beide

Writers confirm every event through a pipe after it was committed; then they are killed at a
random moment and the register is opened and checked. An event that was confirmed has to be
there with the same seal, and all that is there has to be whole. The tally is printed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from select import select as select_ready
from typing import Any

from shapely import LineString, MultiPolygon, box
from sqlalchemy import select

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from postgres import running_server  # noqa: E402

from daeb_locaties.begrippen import Component, Maat  # noqa: E402
from daeb_locaties.errors import DaebError, RegisterError  # noqa: E402
from daeb_locaties.model import Aantal, Locatie  # noqa: E402
from daeb_locaties.register import Auteur, Register, Registerplaats, schema  # noqa: E402
from daeb_locaties.register.controle import KLOK_TERUG, check_register  # noqa: E402
from daeb_locaties.register.splitsen import split_locatie  # noqa: E402
from daeb_locaties.register.terugdraaien import undo  # noqa: E402
from daeb_locaties.register.wijzigen import (  # noqa: E402
    Wijziging,
    add_locatie,
    change_locatie,
    end_locatie,
)

LOCATIES = 40
LANGST_S = 0.4
"""A writer works at most so long; the moment of its death is drawn from here."""

OPENEN_S = 10.0
"""So long opening may take on a busy machine."""


@dataclass
class Telling:
    """What happened over all kills."""

    soort: str
    schrijvers: int
    keer: int = 0
    bevestigd: int = 0
    verloren: int = 0
    onbevestigd: int = 0
    gebeurtenissen: int = 0
    fouten: list[str] = field(default_factory=list)
    herstel_s: float = 0.0

    @property
    def goed(self) -> bool:
        return not self.verloren and not self.fouten

    def __str__(self) -> str:
        return "\n".join(
            [
                f"{self.soort}: {self.keer} keer kill -9 op {self.schrijvers} schrijvers tegelijk",
                f"  gebeurtenissen bevestigd           {self.bevestigd:>8}",
                f"  bevestigd en toch verloren         {self.verloren:>8}",
                f"  geschreven, nog niet bevestigd     {self.onbevestigd:>8}",
                f"  in het register aan het eind       {self.gebeurtenissen:>8}",
                f"  half geschreven of gebroken        {len(self.fouten):>8}",
                f"  traagste eerste lezing erna        {self.herstel_s:>8.2f} s",
                *(f"  FOUT: {fout}" for fout in self.fouten[:5]),
            ]
        )


def kill_often(
    plaats: Registerplaats,
    soort: str,
    keer: int,
    *,
    zaad: int,
    schrijvers: int = 2,
    ramp: Callable[[int], None] | None = None,
) -> Telling:
    """Kill writers again and again and check the register after each time.

    Parameters
    ----------
    ramp
        Called with the turn after the kill: what else goes wrong, such as the server.
    """
    prepare(plaats)
    telling, toeval = Telling(soort, schrijvers), random.Random(zaad)  # noqa: S311
    zegels: dict[int, str] = {}
    for beurt in range(keer):
        zegels.update(kill_once(plaats, schrijvers, toeval))
        if ramp is not None:
            ramp(beurt)
        telling.keer += 1
        # The whole history is replayed now and then; every time would be quadratic.
        check_after(plaats, zegels, telling, geheel=beurt % 10 == 9 or beurt == keer - 1)
    telling.bevestigd = len(zegels)
    telling.onbevestigd = telling.gebeurtenissen - LOCATIES - telling.bevestigd
    return telling


def prepare(plaats: Registerplaats) -> None:
    """Put locaties in an empty register."""
    with Register(plaats) as register:
        register.put_locaties(map(_locatie, range(LOCATIES)), wie="begin", reden="begin")


def _locatie(n: int) -> Locatie:
    x = 90_000.0 + 500 * n
    return Locatie(
        id=f"{n:08}-0000-4000-8000-000000000000",
        naam=f"Locatie {n}",
        geometrie_rd=MultiPolygon([box(x, 430_000, x + 200, 430_200)]),
        bron="overleef",
        bron_id=str(n),
        aantallen=(Aantal(Component.NIEUWBOUW, Maat.DAEB, 2027, 20),),
    )


def kill_once(
    plaats: Registerplaats, schrijvers: int, toeval: random.Random
) -> list[tuple[int, str]]:
    """Let writers write, kill them at a random moment, and return what they confirmed."""
    lezen, schrijven = os.pipe()
    begin = multiprocessing.get_context("fork")
    processen = [
        begin.Process(target=write_on, args=(plaats, schrijven, toeval.random()))
        for _ in range(schrijvers)
    ]
    for proces in processen:
        proces.start()
    os.close(schrijven)
    if toeval.random() < 0.75:
        # Mostly in the middle of the work; else while the register is being opened.
        select_ready([lezen], [], [], OPENEN_S)
    time.sleep(toeval.uniform(0.0, LANGST_S))
    for proces in processen:
        os.kill(proces.pid or 0, signal.SIGKILL)
    for proces in processen:
        proces.join()
        proces.close()
    with os.fdopen(lezen, "rb") as pijp:
        regels = pijp.read().splitlines()
    # A line that death cut short was not confirmed.
    gelezen = [json.loads(regel) for regel in regels if regel.endswith(b"]")]
    return [(nummer, zegel) for nummer, zegel in gelezen]


def write_on(plaats: Registerplaats, pijp: int, zaad: float) -> None:
    """Write until death, and confirm every event after it was committed."""
    toeval = random.Random(zaad)  # noqa: S311
    with Register(plaats) as register:
        while True:
            with contextlib.suppress(DaebError):
                nummer = act(register, toeval)
                if nummer is not None:
                    for zegel in _seals_of(register, nummer):
                        os.write(pijp, json.dumps(zegel).encode() + b"\n")


def act(register: Register, toeval: random.Random) -> int | None:
    """Do one thing as people do; return the number of its event."""
    auteur = Auteur(f"Persoon {os.getpid()}", "gemeente Schiedam")
    id_ = f"{toeval.randrange(LOCATIES):08}-0000-4000-8000-000000000000"
    locatie = register.locatie(id_)
    if locatie is None:
        return None
    worp = toeval.random()
    if locatie.einde is not None or worp > 0.95:
        laatste = register.laatste_gebeurtenis()
        return undo(register, toeval.randint(max(1, laatste - 5), laatste), auteur, "terug")[-1]
    if worp > 0.90:
        x = locatie.geometrie_rd.centroid.x
        lijn = LineString([(x, 429_000), (x, 431_000)])
        return split_locatie(register, id_, locatie.versie, lijn, auteur, "delen").gebeurtenis
    if worp > 0.87:
        return end_locatie(register, id_, locatie.versie, auteur, "vervallen").gebeurtenis
    if worp > 0.83:
        return add_locatie(
            register, _locatie(toeval.randrange(LOCATIES)), auteur, "erbij"
        ).gebeurtenis
    sleutel = (Component.NIEUWBOUW, Maat.DAEB, 2025 + toeval.randrange(5))
    wijziging = Wijziging(
        id_,
        locatie.versie,
        {"naam": f"Locatie {toeval.randrange(10**6)}", "plantype": "x" * toeval.randrange(3000)},
        {sleutel: Aantal(*sleutel, toeval.randrange(400))},
    )
    return change_locatie(register, wijziging, auteur, "omdat het moet").gebeurtenis


def _seals_of(register: Register, nummer: int) -> list[tuple[int, str]]:
    """Return number and seal of every event of the action that this one was part of."""
    tabel = schema.gebeurtenis
    buren = register.ask(select(tabel).where(tabel.c.nummer.between(nummer - 5, nummer + 5)))
    handeling = next(rij["handeling"] for rij in buren if rij["nummer"] == nummer)
    return [(rij["nummer"], rij["zegel"]) for rij in buren if rij["handeling"] == handeling]


def check_after(
    plaats: Registerplaats, zegels: dict[int, str], telling: Telling, *, geheel: bool
) -> None:
    """Open the register again: is all that was confirmed there, and all that is there whole?"""
    begin = time.perf_counter()
    tabel = schema.gebeurtenis
    with Register(plaats) as register:
        rijen = register.ask(select(tabel.c.nummer, tabel.c.zegel))
        telling.herstel_s = max(telling.herstel_s, time.perf_counter() - begin)
        aanwezig = {rij["nummer"]: rij["zegel"] for rij in rijen}
        telling.gebeurtenissen = len(aanwezig)
        weg = [nummer for nummer, zegel in zegels.items() if aanwezig.get(nummer) != zegel]
        telling.verloren = len(weg)
        if sorted(aanwezig) != list(range(1, len(aanwezig) + 1)):
            telling.fouten.append("de nummers lopen niet door")
        if geheel:
            bevindingen = check_register(register).bevindingen
            telling.fouten += [f"{b.code} {b.uitleg}" for b in bevindingen if b.niveau == "fout"]


@dataclass(frozen=True)
class Ramp:
    """One disaster: what the user is told, and whether the register came through."""

    naam: str
    melding: str
    goed: bool

    def __str__(self) -> str:
        return f"{self.naam}: {'doorstaan' if self.goed else 'MISLUKT'}\n  melding: {self.melding}"


def fill_disk(map_: Path) -> Ramp:
    """Write until the disk is full; then make room and go on."""
    with _small_disk(map_) as (plek, grow):
        plaats = Registerplaats.of_file(plek / "register.sqlite")
        prepare(plaats)
        melding, bevestigd = _write_until_refused(plaats)
        with grow(), Register(plaats) as register:
            goed = check_register(register).goed
            laatste = register.laatste_gebeurtenis()
            goed = goed and laatste >= max(bevestigd, default=0) > 0
            # And it goes on as if nothing had happened.
            register.put_locaties([_locatie(LOCATIES)], wie="na", reden="ruimte gemaakt")
            goed = goed and register.laatste_gebeurtenis() == laatste + 1
        return Ramp("volle schijf", melding, goed and "schijf" in melding)


def _write_until_refused(plaats: Registerplaats) -> tuple[str, list[int]]:
    """Return the message of the refusal and the numbers that were confirmed before it."""
    toeval, bevestigd = random.Random(7), []  # noqa: S311
    with Register(plaats) as register:
        for _ in range(20_000):
            try:
                nummer = act(register, toeval)
            except RegisterError as fout:
                if "schijf" in str(fout) or "gelezen" in str(fout):
                    return str(fout), bevestigd
                continue
            except DaebError:
                continue
            if nummer is not None:
                bevestigd.append(nummer)
    return "geen weigering", bevestigd


@contextmanager
def _small_disk(map_: Path) -> Iterator[tuple[Path, Callable[[], Any]]]:
    """Give a folder on a disk of 2 MB, or where that cannot be had files of 1 MB at most."""
    plek = map_ / "kleine-schijf"
    plek.mkdir()
    if _mount("tmpfs", plek, "size=2m"):
        try:
            yield plek, lambda: _grown(plek)
        finally:
            subprocess.run(["umount", str(plek)], check=False)
        return
    oud = resource.getrlimit(resource.RLIMIT_FSIZE)
    doof = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, oud[1]))
    try:
        yield plek, lambda: _unlimited(oud)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, oud)
        signal.signal(signal.SIGXFSZ, doof)


@contextmanager
def _grown(plek: Path) -> Iterator[None]:
    subprocess.run(["mount", "-o", "remount,size=64m", str(plek)], check=True)
    yield


@contextmanager
def _unlimited(oud: tuple[int, int]) -> Iterator[None]:
    resource.setrlimit(resource.RLIMIT_FSIZE, oud)
    yield


def _mount(soort: str, plek: Path, opties: str) -> bool:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    opdracht = ["mount", "-t", soort, "-o", opties, soort, str(plek)]
    return subprocess.run(opdracht, check=False, capture_output=True).returncode == 0


def read_only(map_: Path) -> Ramp:
    """Take away the right to write, try, and give it back."""
    plek = map_ / "alleen-lezen"
    plek.mkdir()
    gekoppeld = _mount("tmpfs", plek, "size=64m")
    plaats = Registerplaats.of_file(plek / "register.sqlite")
    prepare(plaats)
    try:
        _set_writable(plek, gekoppeld, aan=False)
        with Register(plaats) as register:
            leesbaar = len(register.locaties()) == LOCATIES
        melding, _ = _write_until_refused(plaats)
        _set_writable(plek, gekoppeld, aan=True)
        with Register(plaats) as register:
            heel = check_register(register).goed and len(register.locaties()) == LOCATIES
        goed = leesbaar and heel and "gelezen" in melding
        return Ramp("map zonder schrijfrecht (lezen kan)", melding, goed)
    finally:
        if gekoppeld:
            subprocess.run(["umount", str(plek)], check=False)


def _set_writable(plek: Path, gekoppeld: bool, *, aan: bool) -> None:
    if gekoppeld:
        subprocess.run(["mount", "-o", f"remount,{'rw' if aan else 'ro'}", str(plek)], check=True)
        return
    for pad in (plek, *plek.iterdir()):
        pad.chmod(0o700 if aan else 0o500)


def turn_back_clock(map_: Path) -> Ramp:
    """Let the clock jump: forward by years, then back to before the first event."""
    sprongen = iter([0, 1, 4000, 3, -900, 4, 5])
    nu = datetime(2026, 12, 3, tzinfo=UTC)
    plaats = Registerplaats.of_file(map_ / "klok.sqlite")
    with Register(plaats, klok=lambda: nu + timedelta(days=next(sprongen, 6))) as register:
        register.put_locaties(map(_locatie, range(5)), wie="begin", reden="begin")
        toeval = random.Random(3)  # noqa: S311
        for beurt in range(6):
            wijziging = Wijziging(_locatie(0).id, beurt + 1, {"naam": f"n{toeval.random()}"})
            change_locatie(register, wijziging, Auteur("Jan"), "omdat")
        verslag = check_register(register)
        volgorde = [g.nummer for g in register.gebeurtenissen()]
    meldingen = [b.uitleg for b in verslag.bevindingen if b.code == KLOK_TERUG.code]
    goed = verslag.goed and volgorde == list(range(1, 12))
    return Ramp("klok die terugspringt", " ".join(meldingen), goed and bool(meldingen))


def lock_out(map_: Path) -> Ramp:
    """Hold the write lock longer than anybody waits: the other gets one clear message."""
    plaats = Registerplaats.of_file(map_ / "slot.sqlite")
    prepare(plaats)
    melding = ""
    with Register(plaats) as een, Register(plaats) as ander:
        with een.writing(Auteur("Jan"), "bezet"):
            try:
                ander.put_locaties([_locatie(0)], wie="Piet", reden="ook")
            except RegisterError as fout:
                melding = str(fout)
        heel = check_register(een).goed
    return Ramp("twee schrijvers, een wacht te lang", melding, heel and "iemand anders" in melding)


def run_postgres(keer: int, zaad: int) -> Telling | None:
    """Kill writers on PostgreSQL, and the server itself at every tenth turn."""
    with running_server(veilig=True) as server:
        if server is None:
            return None

        def pull_the_plug(beurt: int) -> None:
            if beurt % 10 == 4:
                server.kill()
                server.start()

        plaats = Registerplaats.parse(server.adres("postgres"))
        soort = "PostgreSQL (elke tiende keer ook de server)"
        return kill_often(plaats, soort, keer, zaad=zaad, ramp=pull_the_plug)


def main() -> int:
    lezer = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    lezer.add_argument("--keer", type=int, default=200)
    lezer.add_argument("--register", choices=["sqlite", "postgresql", "beide"], default="beide")
    lezer.add_argument("--zaad", type=int, default=1)
    opties = lezer.parse_args()
    goed = True
    with tempfile.TemporaryDirectory(prefix="daeb-overleef-") as naam:
        map_ = Path(naam)
        if opties.register != "postgresql":
            plaats = Registerplaats.of_file(map_ / "register.sqlite")
            telling = kill_often(plaats, "SQLite", opties.keer, zaad=opties.zaad)
            print(telling, flush=True)
            goed = goed and telling.goed
            for ramp in (fill_disk, read_only, turn_back_clock, lock_out):
                uitkomst = ramp(map_)
                print(uitkomst, flush=True)
                goed = goed and uitkomst.goed
        if opties.register != "sqlite":
            op_server = run_postgres(opties.keer, opties.zaad)
            print(op_server or "PostgreSQL met PostGIS is er niet: overgeslagen", flush=True)
            goed = goed and (op_server is None or op_server.goed)
    print("OVERLEEFD" if goed else "NIET OVERLEEFD")
    return 0 if goed else 1


if __name__ == "__main__":
    sys.exit(main())
