"""Judging a zip file by its list of contents, before a byte of it is unpacked.

Refused are names that lead elsewhere, links and devices, passwords, packing that is not
read, names that fall together, and what unpacks to more than planning data does.
"""

from __future__ import annotations

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from kaartlagen.errors import BronError
from kaartlagen.grenzen import Grenzen, current_limits, over_limit, size_text

ZIP_FOUTEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError,
    NotImplementedError, RuntimeError, ValueError, IndexError, OverflowError, KeyError,
)  # fmt: skip
"""What Python's zip reader raises on a file that is damaged or lies."""

_PAK_UIT = "Pak het zelf uit en lees de bestanden los in."
_VERDACHT = "Vertrouwt u de afzender? Pak het dan zelf uit en lees de bestanden los in."
_IN_DELEN = "Lees de bestanden in delen in"
_GECOMPRIMEERD = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_KLEIN_BYTES = 20_000_000
"""What unpacks to less than this is no bomb, however well it was packed."""

_LIJSTREGEL_BYTES = 300
"""Room for one entry of the list of contents, name included."""

_RUIS = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
"""What operating systems leave in a zip file; it holds no data."""

_APPARATEN = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lid:
    """One file of an archive: its name there, where it goes, and its entry in the list."""

    naam: str
    doel: PurePosixPath
    info: zipfile.ZipInfo = field(compare=False)


@dataclass(slots=True)
class Budget:
    """What all archives within one file may unpack together."""

    grenzen: Grenzen
    bytes_: int = 0
    leden: int = 0

    def take(self, leden: Sequence[Lid], naam: str) -> None:
        """Count an archive's members.

        Raises
        ------
        BronError
            When they go over a limit.
        """
        self.bytes_ += sum(lid.info.file_size for lid in leden)
        self.leden += len(leden)
        if self.bytes_ > self.grenzen.archief_bytes:
            raise over_limit(
                f"uitgepakt is het {size_text(self.bytes_)}; de grens is "
                f"{size_text(self.grenzen.archief_bytes)}.",
                "archief_bytes",
                naam,
                _IN_DELEN,
            )
        if self.leden > self.grenzen.archief_leden:
            raise _too_many(self.leden, self.grenzen.archief_leden, naam)


def list_members(pad: Path, naam: str, budget: Budget) -> tuple[Lid, ...]:
    """List the files of an archive when it is safe to unpack.

    Parameters
    ----------
    pad
        The zip file.
    naam
        What people call it, for the message.
    budget
        What may still be unpacked; this archive is taken from it.

    Raises
    ------
    BronError
        When the archive is damaged, empty, unsafe or over a limit.
    """
    with open_zip(pad, naam) as archief:
        infos = [info for info in archief.infolist() if not info.is_dir()]
        leden = tuple(_member(info, naam) for info in infos if not _RUIS.search(info.filename))
    if not leden:
        raise BronError("het zipbestand is leeg.", waar=naam, herstel="Download het opnieuw.")
    _refuse_doubles(leden, naam)
    _refuse_bomb(leden, pad.stat().st_size, budget.grenzen.archief_verhouding, naam)
    budget.take(leden, naam)
    return leden


@contextmanager
def open_zip(pad: Path, naam: str) -> Iterator[zipfile.ZipFile]:
    """Open a zip file for its list of contents.

    Raises
    ------
    BronError
        When it is damaged, or its list is longer than the limit.
    """
    with dutch_errors(naam):
        _require_small_list(pad, naam)
        with zipfile.ZipFile(pad) as archief:
            yield archief


@contextmanager
def dutch_errors(naam: str) -> Iterator[None]:
    """Turn what reading a zip file raises into a BronError that names it."""
    try:
        yield
    except ZIP_FOUTEN as fout:
        raise BronError(
            f"het zipbestand is beschadigd of afgebroken ({str(fout)[:120]}).",
            waar=naam,
            herstel="Download of kopieer het opnieuw.",
        ) from fout
    except OSError as fout:
        raise BronError(
            f"het zipbestand kan niet worden uitgepakt ({fout.strerror or fout}).",
            waar=naam,
            herstel="Controleer de schijfruimte en de rechten op de tijdelijke map (TMPDIR).",
        ) from fout


def _require_small_list(pad: Path, naam: str) -> None:
    """Refuse a list of contents that would not fit in memory: the library reads it whole."""
    lengte = pad.stat().st_size
    with pad.open("rb") as bestand:
        bestand.seek(max(0, lengte - 66_000))
        staart = bestand.read()
    eind = staart.rfind(b"PK\x05\x06")
    groot = 0
    if eind >= 0 and len(staart) >= eind + 16:
        groot = struct.unpack_from("<I", staart, eind + 12)[0]
    groot64 = staart.rfind(b"PK\x06\x06")
    if groot64 >= 0 and len(staart) >= groot64 + 48:
        groot = max(groot % 0xFFFFFFFF, struct.unpack_from("<Q", staart, groot64 + 40)[0])
    grens = current_limits().archief_leden
    if min(groot, lengte) > max(1_000_000, grens * _LIJSTREGEL_BYTES):
        raise _too_many(groot // _LIJSTREGEL_BYTES, grens, naam)


def _too_many(aantal: int, grens: int, naam: str) -> BronError:
    return over_limit(
        f"er zitten {aantal} bestanden in; de grens is {grens}.", "archief_leden", naam, _IN_DELEN
    )


def _member(info: zipfile.ZipInfo, naam: str) -> Lid:
    """Judge one entry of the list: its name, its kind and how it was packed."""
    # Some programs on Windows part folders with a backslash.
    bestand = info.orig_filename.replace("\\", "/")
    delen = bestand.split("/")
    genoemd = repr(bestand[:80])
    if bestand.startswith("/") or re.match(r"[A-Za-z]:", bestand) or ".." in delen:
        raise BronError(
            f"een bestand erin wil buiten de map terechtkomen ({genoemd}); zo'n zipbestand wordt "
            "uit veiligheid niet gelezen.",
            waar=naam,
            herstel=_VERDACHT,
        )
    if not bestand.isprintable() or "" in delen or "." in delen:
        raise BronError(
            f"een bestand erin heeft een onmogelijke naam ({genoemd}).",
            waar=naam,
            herstel=_VERDACHT,
        )
    if stat.S_IFMT(info.external_attr >> 16) not in {0, stat.S_IFREG}:
        raise BronError(
            f"een bestand erin is een verwijzing of een apparaat ({genoemd}); zo'n zipbestand "
            "wordt uit veiligheid niet gelezen.",
            waar=naam,
            herstel=_VERDACHT,
        )
    if info.flag_bits & 0x41:
        raise BronError(
            f"het zipbestand is beveiligd met een wachtwoord ({genoemd}).",
            waar=naam,
            herstel=_PAK_UIT,
        )
    if info.compress_type not in _GECOMPRIMEERD:
        raise BronError(
            f"een bestand erin is gecomprimeerd op een manier die niet gelezen wordt ({genoemd}).",
            waar=naam,
            herstel=_PAK_UIT,
        )
    return Lid(bestand, PurePosixPath(*map(_plain_name, delen)), info)


def _plain_name(deel: str) -> str:
    """Make a name that every disk takes and in which no program sees anything special."""
    kaal = re.sub(r"[^\w .,()+-]", "_", unicodedata.normalize("NFC", deel)).rstrip(" .")
    if _APPARATEN.match(kaal) or not kaal:
        kaal = f"_{kaal}"
    if len(kaal.encode()) <= 150:
        return kaal
    stam, _, achter = kaal.rpartition(".")
    return f"{stam[:30]}-{zlib.crc32(deel.encode()):08x}.{achter[-10:]}"


def _refuse_doubles(leden: Sequence[Lid], naam: str) -> None:
    """Refuse names that fall together, also on a disk that sees no capitals."""
    gezien: dict[str, str] = {}
    mappen: set[str] = set()
    for lid in leden:
        sleutel = str(lid.doel).casefold()
        if sleutel in gezien:
            raise BronError(
                f"er zitten twee bestanden in die hetzelfde heten ({gezien[sleutel][:80]!r} en "
                f"{lid.naam[:80]!r}).",
                waar=naam,
                herstel=_PAK_UIT,
            )
        gezien[sleutel] = lid.naam
        mappen.update(str(ouder).casefold() for ouder in lid.doel.parents)
    if gezien.keys() & mappen:
        raise BronError(
            "een naam erin is zowel een bestand als een map.", waar=naam, herstel=_PAK_UIT
        )


def _refuse_bomb(leden: Sequence[Lid], ingepakt: int, verhouding: int, naam: str) -> None:
    """Refuse what unpacks to far more than planning data does."""
    paren = [(lid.info.file_size, max(lid.info.compress_size, 1)) for lid in leden]
    totaal = sum(groot for groot, _ in paren)
    # The whole too: entries of a bomb may share the same packed bytes.
    paren.append((totaal, max(ingepakt, 1)))
    if any(groot > _KLEIN_BYTES and groot > verhouding * klein for groot, klein in paren):
        raise over_limit(
            f"het pakt uit tot meer dan {verhouding} keer zijn omvang ({size_text(totaal)}); dat "
            "is misschien een zipbom.",
            "archief_verhouding",
            naam,
            "Pak het zelf uit en lees de bestanden los in",
        )
