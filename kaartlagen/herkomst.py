"""Where a layer comes from: the source, its hash, its moment and the rules it was read by."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import kaartlagen
from kaartlagen.errors import BronError

GEREEDSCHAP = f"kaartlagen {kaartlagen.__version__}"
"""The tool that reads, with its version."""

LEESREGELS = "kaartlagen-lezer 2"
"""Version of the reading rules; raised when the same file would give another layer."""

_SHAPEDELEN = (".cpg", ".dbf", ".prj", ".shp", ".shx")


@dataclass(frozen=True, slots=True)
class Herkomst:
    """The provenance of one stored layer.

    Parameters
    ----------
    bron
        Stable id of the source: the idn of an IMRO plan, else the file name, followed by
        ``#layer`` where one file gives more than one source layer of a kind.
    bestand
        The file's name as it was read, without folder.
    sha256
        Hash of the file's bytes (of a Shapefile: of its parts, see `sha256_bron`).
    soort
        What it was read as: ``imro``, ``percelen``, ``punten`` ...
    vorm
        The file's form in words, such as ``IMRO2012 GML``.
    crs_bron
        The CRS that the coordinates were taken to be in, such as ``EPSG:28992``.
    peildatum
        The date for which the data holds; None when nobody said.
    ingelezen_op
        Moment of reading, with time zone UTC.
    versie
        Version of the reading rules, `LEESREGELS`.
    gereedschap
        The tool and its version, `GEREEDSCHAP`; None in a snapshot from before this field.
    controles
        Version of the list of checks (`kaartlagen.controlelijst`); None as above.
    eigenaar
        Whose data it is, where the source's form tells or the user says; else None.
    licentie
        Under which terms it may be used; None as above.
    url
        Where it was fetched from; None for a file that the user had.
    leeswijze
        What beside the file decided what it became: the columns that the user chose, and the
        percelen that it was placed on. Empty for a file that stands on its own.
    omzetting
        How its coordinates came to RD (`kaartlagen.crs.Omzetting`): ``grid`` is right to
        0.001 m, ``helmert`` to 0.25 m, ``geen`` and ``amersfoort`` are exact. None in a
        snapshot from before this field.
    """

    bron: str
    bestand: str
    sha256: str
    soort: str
    vorm: str
    crs_bron: str
    peildatum: date | None
    ingelezen_op: datetime
    versie: str = LEESREGELS
    gereedschap: str | None = None
    controles: str | None = None
    eigenaar: str | None = None
    licentie: str | None = None
    url: str | None = None
    leeswijze: str = ""
    omzetting: str | None = None


@dataclass(frozen=True, slots=True)
class Bronvermelding:
    """What is said of a source from outside: whose it is, the terms, and where it came from.

    None leaves what the source's own form tells.
    """

    eigenaar: str | None = None
    licentie: str | None = None
    url: str | None = None


def differing_terms(bewaard: Herkomst, nieuw: Herkomst) -> tuple[str, ...]:
    """Name owner and terms that a new reading gives otherwise than the stored one (Dutch)."""
    paren = (
        ("eigenaar", bewaard.eigenaar, nieuw.eigenaar),
        ("licentie", bewaard.licentie, nieuw.licentie),
    )
    return tuple(
        f"{wat} {oud or 'onbekend'}, nu {nu}" for wat, oud, nu in paren if nu and nu != oud
    )


def sha256_file(pad: Path) -> str:
    """Hash the bytes of one file, as 64 hexadecimal digits.

    Raises
    ------
    BronError
        When the file cannot be read.
    """
    try:
        with pad.open("rb") as bestand:
            return hashlib.file_digest(bestand, "sha256").hexdigest()
    except OSError as fout:
        raise BronError(
            f"het bestand kan niet worden gelezen ({fout.strerror or fout}).",
            waar=str(pad),
            herstel="Controleer of het bestaat en of u het mag lezen.",
        ) from fout


def sha256_with(sha256: str, ernaast: Sequence[Path]) -> str:
    """Hash a source together with the files beside it that were read too; none: as it was.

    Which of them was given and which lay beside it makes no difference: a pons is the same
    whether its objects or its geometry were read.
    """
    if not ernaast:
        return sha256
    regels = sorted({sha256, *map(sha256_file, ernaast)})
    return hashlib.sha256("\n".join(regels).encode()).hexdigest()


def sha256_bron(pad: Path) -> str:
    """Hash a source: the file, or all parts of a Shapefile together.

    A Shapefile is several files, and a change in the table (.dbf) alone is a change of
    the source. Its hash is that of the lines ``<suffix> <sha256>`` of its parts, sorted.
    """
    if pad.suffix.lower() != ".shp":
        return sha256_file(pad)
    delen = sorted(
        (deel for deel in pad.parent.glob(f"{_escape(pad.stem)}.*") if _is_shape_part(deel)),
        key=lambda deel: deel.suffix.lower(),
    )
    regels = [f"{deel.suffix.lower()} {sha256_file(deel)}" for deel in delen]
    return hashlib.sha256("\n".join(regels).encode()).hexdigest()


def _is_shape_part(pad: Path) -> bool:
    return pad.suffix.lower() in _SHAPEDELEN and pad.is_file()


def _escape(naam: str) -> str:
    """Take the glob signs in a file name literally."""
    return "".join(f"[{teken}]" if teken in "*?[" else teken for teken in naam)
