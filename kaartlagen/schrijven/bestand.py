"""Writing files whole or not at all, and what goes wrong on the way in Dutch."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from pyogrio.errors import DataLayerError, DataSourceError

from kaartlagen.errors import KolomError, OpslagError
from kaartlagen.schrijven.container import VormfoutError
from kaartlagen.vervangen import replace_whole

_BIJNA_VOL_BYTES = 1_000_000


def write_bytes(pad: Path, inhoud: bytes) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    OpslagError
        When the folder is absent or not writable, or the disk is full; `pad` then is as
        it was.
    """
    with replace_whole(pad) as tijdelijk:
        tijdelijk.write_bytes(inhoud)


def write_text(pad: Path, inhoud: str) -> None:
    r"""Write a UTF-8 text file with ``\n`` line ends, whole or not at all.

    Raises
    ------
    OpslagError
        As `write_bytes`.
    """
    write_bytes(pad, inhoud.encode("utf-8"))


@contextmanager
def dutch_errors(pad: Path) -> Iterator[None]:
    """Turn what GDAL and Arrow raise into our errors, with their text as the detail."""
    try:
        yield
    except (DataSourceError, DataLayerError, VormfoutError) as fout:
        # GDAL does not say why a write failed, or that it did; the unfinished file still
        # takes its room.
        vol = shutil.disk_usage(pad.parent).free < _BIJNA_VOL_BYTES
        raise OpslagError(
            "de schijf is vol." if vol else f"het bestand kan niet worden geschreven ({fout}).",
            waar=str(pad),
            herstel="Maak ruimte vrij of kies een andere map.",
        ) from fout
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as fout:
        raise KolomError(
            f"een kolom bevat waarden van verschillende soort ({fout}).",
            waar=str(pad),
            herstel="Geef elke kolom één soort waarde.",
        ) from fout
