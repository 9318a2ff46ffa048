"""Replace a file whole or not at all: write beside it, flush to disk, then rename.

A reader sees the old file or the new one, never half of one, and a failure leaves the
old file as it was and nothing beside it.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kaartlagen.errors import OpslagError

_WERKMAP = ".schrijven-"


@contextmanager
def replace_whole(pad: Path) -> Iterator[Path]:
    """Give a path to write to, and move what was written there to `pad` at the end.

    The given path has the name of `pad` and lies in a hidden working folder beside it:
    on the same disk, so that the rename is one step, and with room for the side files
    that SQLite and GDAL make while they write.

    Parameters
    ----------
    pad
        The file to make or replace. Its folder must exist.

    Yields
    ------
    Path
        Where to write. When the block ends without an exception the file there is
        flushed to disk and replaces `pad`; when it raises, `pad` stays as it was.

    Raises
    ------
    OpslagError
        When the folder is absent or not writable, the disk is full, nothing was written,
        or `pad` is held open by another program (Windows).
    """
    if not pad.parent.is_dir():
        raise OpslagError(
            "de map bestaat niet.",
            waar=str(pad.parent),
            herstel="Maak de map eerst aan of kies een andere.",
        )
    if pad.is_dir():
        raise OpslagError(
            "dit is een map, geen bestand.", waar=str(pad), herstel="Kies een bestandsnaam."
        )
    try:
        # The rename takes the file out, so that the clean-up finds side files only.
        with tempfile.TemporaryDirectory(
            prefix=_WERKMAP, dir=pad.parent, ignore_cleanup_errors=True
        ) as werkmap:
            tijdelijk = Path(werkmap) / pad.name
            yield tijdelijk
            _flush(tijdelijk)
            tijdelijk.replace(pad)
        _flush_folder(pad.parent)
    except OSError as fout:
        raise OpslagError(_reason(fout), waar=str(pad), herstel=_remedy(fout)) from fout


def _flush(pad: Path) -> None:
    """Put a file's bytes on the disk; a rename alone may outrun them at a power cut."""
    with pad.open("r+b") as bestand:
        os.fsync(bestand.fileno())


def _flush_folder(map_: Path) -> None:
    """Put a folder's list of names on the disk, where the system can (not on Windows)."""
    if os.name == "nt":
        return
    houvast = os.open(map_, os.O_RDONLY)
    try:
        os.fsync(houvast)
    finally:
        os.close(houvast)


def _reason(fout: OSError) -> str:
    """Say in Dutch why the system refused to write."""
    if fout.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return "de schijf is vol."
    if fout.errno == errno.EROFS:
        return "de schijf kan alleen gelezen worden."
    if isinstance(fout, PermissionError):
        return "schrijven mag hier niet, of een ander programma houdt het bestand open."
    if isinstance(fout, FileNotFoundError):
        return "het bestand is niet geschreven."
    return f"het bestand kan niet worden geschreven ({fout.strerror or fout})."


def _remedy(fout: OSError) -> str:
    """Say in Dutch what the user can do about it."""
    if fout.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return "Maak ruimte vrij of kies een andere schijf."
    if isinstance(fout, PermissionError):
        return "Sluit het bestand in andere programma's (zoals QGIS) of kies een andere map."
    return "Kies een andere map en probeer het opnieuw."
