"""Backing up a whole project while others go on working in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import daeb_locaties
from daeb_locaties.beheer.archief import (
    PROJECT,
    REGISTER,
    Inhoud,
    open_to_read,
    open_to_write,
)
from daeb_locaties.errors import ReservekopieError
from daeb_locaties.project import REGISTERBESTAND, REGISTERINSTELLING, Project
from daeb_locaties.register import Register
from daeb_locaties.register.controle import check_register
from daeb_locaties.register.kopieren import copy_to_file
from kaartlagen.herkomst import sha256_file
from kaartlagen.vervangen import replace_whole

_WERK = ".schrijven-"


@dataclass(frozen=True, slots=True)
class Kopieverslag:
    """What a backup holds. It was read back and checked before this was said."""

    bestand: Path
    sha256: str
    bytes: int
    bestanden: int
    gebeurtenissen: int


def back_up(project: Project, doel: Path) -> Kopieverslag:
    """Write register and files of a project to one file, and prove it by reading it back.

    The register is copied as it is at one moment; layer snapshots never change. Where the
    register is on a server it is written as a file, which `restore` can put on either.

    Parameters
    ----------
    project
        The project; others may be writing in it.
    doel
        The file to make; it must not exist.

    Raises
    ------
    ReservekopieError
        When the file exists, or the register is not sound.
    kaartlagen.errors.OpslagError
        When the file cannot be written; then there is none.
    """
    if doel.exists():
        raise ReservekopieError(
            "dit bestand bestaat al.", waar=str(doel), herstel="Kies een andere naam."
        )
    with replace_whole(doel) as werk:
        # Beside the backup itself: there is room for it there or nowhere.
        kopie = werk.with_name("register.kopie")
        copy_to_file(project.register, kopie)
        laatste = _check_copy(kopie)
        with open_to_write(werk) as archief:
            archief.add(REGISTER, kopie)
            for pad in _files(project.map, doel):
                archief.add(f"{PROJECT}{pad.relative_to(project.map).as_posix()}", pad)
            archief.close(
                Inhoud(
                    datetime.now(UTC).isoformat(timespec="seconds"),
                    daeb_locaties.__version__,
                    str(project.register.plaats),
                    laatste,
                    archief.bestanden,
                )
            )
        with open_to_read(werk) as gelezen:
            gelezen.extract(None)
            aantal = len(gelezen.inhoud.bestanden)
    return Kopieverslag(doel, sha256_file(doel), doel.stat().st_size, aantal, laatste)


def _check_copy(kopie: Path) -> int:
    """Open the copy and check it; return the number of its last event.

    Raises
    ------
    ReservekopieError
        When it is not sound: a backup of it would only seem one.
    """
    with Register(kopie) as register:
        verslag = check_register(register)
        laatste = register.laatste_gebeurtenis()
    if not verslag.goed:
        fout = next(b for b in verslag.bevindingen if b.niveau == "fout")
        raise ReservekopieError(
            f"het register is niet in orde ({fout.code}): {fout.uitleg}",
            herstel="Bekijk alles met `controleer`; er is geen kopie gemaakt.",
        )
    return laatste


def _files(map_: Path, doel: Path) -> Iterator[Path]:
    """List the files of a project, but its register, where that is, and the backup itself.

    In order of name: of a snapshot the rows come before their description, so that a
    snapshot that is being removed never leaves a description without rows.
    """
    register = {REGISTERINSTELLING, *(f"{REGISTERBESTAND}{s}" for s in ("", "-wal", "-shm"))}
    for pad in sorted(map_.rglob("*")):
        deel = pad.relative_to(map_)
        tijdelijk = any(stuk.startswith(_WERK) for stuk in deel.parts)
        if pad.is_file() and not tijdelijk and deel.as_posix() not in register and pad != doel:
            yield pad
