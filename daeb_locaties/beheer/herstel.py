"""Putting a backup back: into a new or empty folder, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from daeb_locaties.beheer.archief import Leesarchief, free_bytes, open_to_read
from daeb_locaties.errors import ReservekopieError
from daeb_locaties.project import REGISTERBESTAND, REGISTERINSTELLING
from daeb_locaties.register import Register, Registerplaats
from daeb_locaties.register.bijwerken import migrate
from daeb_locaties.register.controle import Controleverslag, check_register
from daeb_locaties.register.kopieren import copy_tables

_WERK = ".herstellen-"


@dataclass(frozen=True, slots=True)
class Herstelverslag:
    """What was put back; the register was checked after that."""

    project_map: Path
    register: str
    register_was: str
    gemaakt_op: str
    bestanden: int
    gebeurtenissen: int


def restore(bron: Path, project_map: Path, server: Registerplaats | None) -> Herstelverslag:
    """Put a backup back.

    Parameters
    ----------
    bron
        The file that `back_up` made.
    project_map
        A folder that is empty or does not exist.
    server
        An empty database for the register; None to keep it as a file in the folder.

    Raises
    ------
    ReservekopieError
        When the folder holds anything, or the backup is damaged; nothing has changed.
    RegisterError
        When the database holds a register, or refuses; nothing has changed.
    """
    _require_empty(project_map)
    with open_to_read(bron) as archief, _work_folder(project_map) as werk:
        _require_room(archief, bron, werk)
        archief.extract(werk)
        bestand = Registerplaats.of_file(werk / REGISTERBESTAND)
        migrate(bestand, datetime.now(UTC), kopie=False)
        with Register(bestand) as register:
            verslag = _check(register, bron)
            if server is not None:
                with Register(server) as doel:
                    copy_tables(register, doel)
                    _check(doel, bron)
        if server is not None:
            _point_to(werk, server)
        _put_in_place(werk, project_map)
        return Herstelverslag(
            project_map,
            str(server or project_map / REGISTERBESTAND),
            archief.inhoud.register_van,
            archief.inhoud.gemaakt_op,
            len(archief.inhoud.bestanden),
            verslag.gebeurtenissen,
        )


def _require_empty(project_map: Path) -> None:
    if project_map.exists() and (not project_map.is_dir() or any(project_map.iterdir())):
        raise ReservekopieError(
            "deze map is niet leeg; er wordt niets overschreven.",
            waar=str(project_map),
            herstel="Kies met --project een nieuwe of lege map.",
        )


def _require_room(archief: Leesarchief, bron: Path, werk: Path) -> None:
    """Refuse before anything is written where the disk is too small for it."""
    nodig = archief.size()
    if nodig > free_bytes(werk):
        raise ReservekopieError(
            f"hier is te weinig ruimte; nodig is {nodig / 1e6:.0f} MB.",
            waar=str(werk.parent),
            herstel=f"Maak ruimte vrij, of zet {bron.name} elders terug.",
        )


@contextmanager
def _work_folder(project_map: Path) -> Iterator[Path]:
    """Give a folder beside the project, that goes when it was not put in place."""
    try:
        project_map.parent.mkdir(parents=True, exist_ok=True)
        werk = project_map.parent / f"{_WERK}{uuid4().hex}"
        werk.mkdir()
    except OSError as fout:
        raise ReservekopieError(
            f"de map kan niet worden gemaakt ({fout.strerror or fout}).",
            waar=str(project_map),
            herstel="Kies een map waarin u mag schrijven.",
        ) from fout
    try:
        yield werk
    except OSError as fout:
        raise ReservekopieError(
            f"de bestanden kunnen niet worden teruggezet ({fout.strerror or fout}).",
            waar=str(project_map),
            herstel="Controleer de ruimte en de rechten en probeer het opnieuw.",
        ) from fout
    finally:
        shutil.rmtree(werk, ignore_errors=True)


def _check(register: Register, bron: Path) -> Controleverslag:
    verslag = check_register(register)
    if not verslag.goed:
        fout = next(b for b in verslag.bevindingen if b.niveau == "fout")
        raise ReservekopieError(
            f"het register in deze reservekopie is niet in orde ({fout.code}): {fout.uitleg}",
            waar=str(bron),
            herstel="Neem een andere reservekopie.",
        )
    return verslag


def _point_to(werk: Path, server: Registerplaats) -> None:
    """Leave the register to the server, and write down which; a password stays out of it."""
    for pad in werk.glob(f"{REGISTERBESTAND}*"):
        pad.unlink()
    adres = server.without_password
    (werk / REGISTERINSTELLING).write_text(f'adres = "{adres}"\n', encoding="utf-8")


def _put_in_place(werk: Path, project_map: Path) -> None:
    """Move the finished folder to its place in one step."""
    if project_map.exists():
        # Empty, as was seen; where somebody put something there since this refuses.
        project_map.rmdir()
    os.rename(werk, project_map)  # noqa: PTH104  (Path.rename would replace a file)
