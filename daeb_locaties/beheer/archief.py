"""The file of a backup: a zip with the project's files and a list of them with their sha256."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from daeb_locaties.errors import ReservekopieError

INHOUD = "inhoud.json"
REGISTER = "project/register.sqlite"
PROJECT = "project/"
_VORM = 1
_SOORT = "daeb-locaties reservekopie"
_BLOK = 1 << 20
_HERSTEL = "Kies een bestand dat met `reservekopie` is gemaakt."


@dataclass(frozen=True, slots=True)
class Inhoud:
    """What a backup says of itself; `bestanden` maps each name to its sha256."""

    gemaakt_op: str
    versie: str
    register_van: str
    gebeurtenis: int
    bestanden: Mapping[str, str]


class Schrijfarchief:
    """A backup that is being written.

    Parameters
    ----------
    zip_
        The zip file, open for writing.
    """

    def __init__(self, zip_: zipfile.ZipFile) -> None:
        self._zip = zip_
        self.bestanden: dict[str, str] = {}

    def add(self, naam: str, pad: Path) -> bool:
        """Add a file under a name; False when it is gone by now."""
        try:
            bron = pad.open("rb")
        except FileNotFoundError:
            return False
        with bron, self._zip.open(naam, "w", force_zip64=True) as doel:
            self.bestanden[naam] = _copy(bron, doel)
        return True

    def close(self, inhoud: Inhoud) -> None:
        """Write what the backup says of itself, as its last part."""
        tekst = json.dumps({"soort": _SOORT, "vorm": _VORM, **asdict(inhoud)}, indent=1)
        self._zip.writestr(INHOUD, tekst + "\n")


@contextmanager
def open_to_write(pad: Path) -> Iterator[Schrijfarchief]:
    """Give a new backup to write to."""
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zip_:
        yield Schrijfarchief(zip_)


class Leesarchief:
    """A backup that is read.

    Parameters
    ----------
    zip_
        The zip file, open for reading.
    pad
        Its name, for messages.

    Raises
    ------
    ReservekopieError
        When it is no backup, of a newer form, or names a place outside the project.
    """

    def __init__(self, zip_: zipfile.ZipFile, pad: Path) -> None:
        self._zip, self._pad = zip_, pad
        self.inhoud = self._read_inhoud()

    def extract(self, map_: Path | None) -> None:
        """Read every file and hold it against its sha256; write it in a folder, where given.

        Raises
        ------
        ReservekopieError
            When a file is missing or is not what it was.
        """
        for naam, verwacht in self.inhoud.bestanden.items():
            doel = None if map_ is None else map_ / PurePosixPath(naam).relative_to(PROJECT)
            if doel is not None:
                doel.parent.mkdir(parents=True, exist_ok=True)
            with self._zip.open(naam) as bron:
                afdruk = _copy_to(bron, doel)
            if afdruk != verwacht:
                raise self._damaged(f"{naam} is niet meer wat het was")

    def size(self) -> int:
        """Return how many bytes the files are."""
        return sum(lid.file_size for lid in self._zip.infolist())

    def _read_inhoud(self) -> Inhoud:
        namen = {lid.filename: lid for lid in self._zip.infolist()}
        if INHOUD not in namen:
            raise ReservekopieError(
                "dit is geen reservekopie van een project.", waar=str(self._pad), herstel=_HERSTEL
            )
        try:
            feiten = json.loads(self._zip.read(INHOUD))
            if feiten.pop("soort") != _SOORT or feiten.pop("vorm") > _VORM:
                raise ReservekopieError(
                    "deze reservekopie is van een nieuwere versie van het programma.",
                    waar=str(self._pad),
                    herstel="Werk daeb-locaties bij.",
                )
            inhoud = Inhoud(**feiten)
        except (ValueError, KeyError, TypeError) as fout:
            raise self._damaged(f"de inhoudsopgave is onleesbaar ({fout})") from fout
        for naam in (*inhoud.bestanden, *(set(namen) - {INHOUD})):
            if naam not in namen or naam not in inhoud.bestanden:
                raise self._damaged(f"{naam} ontbreekt of hoort er niet in")
            if not _is_within(naam) or stat.S_ISLNK(namen[naam].external_attr >> 16):
                raise self._damaged(f"{naam} wijst buiten de projectmap")
        if REGISTER not in inhoud.bestanden:
            raise self._damaged("het register ontbreekt")
        return inhoud

    def _damaged(self, wat: str) -> ReservekopieError:
        return ReservekopieError(
            f"deze reservekopie is beschadigd: {wat}.",
            waar=str(self._pad),
            herstel="Neem een andere reservekopie.",
        )


@contextmanager
def open_to_read(pad: Path) -> Iterator[Leesarchief]:
    """Open a backup.

    Raises
    ------
    ReservekopieError
        When it cannot be read, or is not what it was.
    """
    try:
        with zipfile.ZipFile(pad) as zip_:
            yield Leesarchief(zip_, pad)
    except FileNotFoundError as fout:
        raise ReservekopieError(
            "dit bestand is er niet.", waar=str(pad), herstel=_HERSTEL
        ) from fout
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as fout:
        raise ReservekopieError(
            f"dit bestand is geen reservekopie of is beschadigd ({fout}).",
            waar=str(pad),
            herstel=_HERSTEL,
        ) from fout


def _is_within(naam: str) -> bool:
    """Whether a name stays within the project, on every system."""
    delen = PurePosixPath(naam).parts
    return (
        naam.startswith(PROJECT)
        and len(delen) > 1
        and ".." not in delen
        and not any(teken in naam for teken in "\\:\0")
    )


def _copy(bron: IO[bytes], doel: IO[bytes] | None) -> str:
    """Read to the end, write it where that is asked, and return its sha256."""
    som = hashlib.sha256()
    while blok := bron.read(_BLOK):
        som.update(blok)
        if doel is not None:
            doel.write(blok)
    return som.hexdigest()


def _copy_to(bron: IO[bytes], doel: Path | None) -> str:
    if doel is None:
        return _copy(bron, None)
    with doel.open("xb") as bestand:
        return _copy(bron, bestand)


def free_bytes(map_: Path) -> int:
    """Return how much room there is on the disk of a folder."""
    return shutil.disk_usage(map_).free
