"""One file of flat arrays that is opened by mapping it into memory.

Layout: eight bytes of mark, eight of header length, sixty-four of header sha256 (hex), the
header as JSON, then every array at a multiple of 64 bytes. Whole or not at all: written
beside its place and renamed.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from kaartlagen.overlay.errors import OppervlakteindexError
from kaartlagen.overlay.stukken import STUK_ZIJDEN

BESTANDSNAAM = "oppervlakte.index"
INDEX_VERSIE = 1
"""Raised when the layout or the meaning of an array changes; older files are refused."""

_MERK = b"KLAGOPP\x01"
_STAP = 64
_OPNIEUW = "Verwijder het bestand; het wordt opnieuw gemaakt."


def write_arrays(
    map_: Path, arrays: Mapping[str, np.ndarray[Any, Any]], *, bron_sha256: str, meest: int
) -> Path:
    """Write the arrays to `map_` (made when absent) and return the file.

    Raises
    ------
    OppervlakteindexError
        When the folder cannot be written.
    """
    beschrijving = {}
    plaats = 0
    for naam, reeks in arrays.items():
        beschrijving[naam] = [reeks.dtype.str, list(reeks.shape), plaats]
        plaats += -(-reeks.nbytes // _STAP) * _STAP
    kop = json.dumps(
        {
            "versie": INDEX_VERSIE,
            "volgorde": sys.byteorder,
            "zijden": STUK_ZIJDEN,
            "bron_sha256": bron_sha256,
            "meest": meest,
            "bytes": plaats,
            "reeksen": beschrijving,
        }
    ).encode()
    doel = map_ / BESTANDSNAAM
    try:
        map_.mkdir(parents=True, exist_ok=True)
        greep, naam_ = tempfile.mkstemp(prefix=f".{BESTANDSNAAM}.", dir=map_)
        tijdelijk = Path(naam_)
        try:
            with os.fdopen(greep, "wb") as uit:
                uit.write(_MERK + len(kop).to_bytes(8, "little"))
                uit.write(hashlib.sha256(kop).hexdigest().encode() + kop)
                for reeks in arrays.values():
                    uit.write(b"\0" * (-uit.tell() % _STAP))
                    uit.write(np.ascontiguousarray(reeks).data)
                uit.write(b"\0" * (-uit.tell() % _STAP))
            tijdelijk.replace(doel)
        finally:
            tijdelijk.unlink(missing_ok=True)
    except OSError as fout:
        raise OppervlakteindexError(
            f"de oppervlakte-index kan niet worden geschreven ({fout.strerror}).",
            waar=str(doel),
            herstel="Maak ruimte vrij of kies een map waarin geschreven mag worden.",
        ) from fout
    return doel


def read_arrays(
    map_: Path, *, bron_sha256: str | None
) -> tuple[dict[str, np.ndarray[Any, Any]], int]:
    """Map the arrays into memory; return them with the size of the largest piece.

    The arrays are private to this process: writing in them does not touch the file.

    Raises
    ------
    OppervlakteindexError
        When the file is absent, damaged, of another version, or not of `bron_sha256`.
    """
    pad = map_ / BESTANDSNAAM
    try:
        alles = np.memmap(pad, dtype=np.uint8, mode="c").view(np.ndarray)
    except FileNotFoundError as fout:
        raise OppervlakteindexError(
            "er is geen oppervlakte-index.", waar=str(pad), herstel="Lees de laag opnieuw in."
        ) from fout
    except (OSError, ValueError) as fout:
        raise OppervlakteindexError(
            "de oppervlakte-index is niet te openen.", waar=str(pad), herstel=_OPNIEUW
        ) from fout
    kop, begin = _read_header(alles, pad)
    _check_header(kop, bron_sha256, len(alles) - begin, pad)
    arrays = {}
    for naam, (soort, vorm, plaats) in kop["reeksen"].items():
        dtype = np.dtype(soort)
        einde = begin + plaats + int(np.prod(vorm)) * dtype.itemsize
        arrays[naam] = alles[begin + plaats : einde].view(dtype).reshape(vorm)
    return arrays, int(kop["meest"])


def _read_header(alles: np.ndarray[Any, Any], pad: Path) -> tuple[dict[str, Any], int]:
    """Return the header and where the first array begins."""
    start = len(_MERK) + 8 + 64
    lengte = int.from_bytes(alles[len(_MERK) : len(_MERK) + 8].tobytes(), "little")
    tekst = alles[start : start + lengte].tobytes()
    merk_goed = alles[: len(_MERK)].tobytes() == _MERK
    sha = alles[start - 64 : start].tobytes()
    if not merk_goed or hashlib.sha256(tekst).hexdigest().encode() != sha:
        raise OppervlakteindexError(
            "de oppervlakte-index is beschadigd.", waar=str(pad), herstel=_OPNIEUW
        )
    kop: dict[str, Any] = json.loads(tekst)
    return kop, -(-(start + lengte) // _STAP) * _STAP


def _check_header(kop: dict[str, Any], bron_sha256: str | None, bytes_: int, pad: Path) -> None:
    """Refuse a file that this version cannot use or that is of another source."""
    if kop["versie"] != INDEX_VERSIE or kop["volgorde"] != sys.byteorder:
        fout = "de oppervlakte-index is door een andere versie gemaakt."
    elif bron_sha256 is not None and kop["bron_sha256"] != bron_sha256:
        fout = "de oppervlakte-index hoort bij een andere bron."
    elif bytes_ != kop["bytes"]:
        fout = "de oppervlakte-index is niet volledig."
    else:
        return
    raise OppervlakteindexError(fout, waar=str(pad), herstel=_OPNIEUW)
