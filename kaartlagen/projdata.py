"""Where the RDNAPTRANS2018 grid lies: with it RD is right to the millimetre, without to 0,25 m.

The grid is one small file of the NSGI (CC BY 4.0) that the wheels of PROJ do not carry. It
is looked for in the project (`lagen/rdnaptrans/`), in the folders of the environment
variables DAEB_RDNAPTRANS, PROJ_DATA and PROJ_LIB, and where PROJ keeps its own data.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

GRID = "nl_nsgi_rdtrans2018.tif"
"""The correction grid, datum transformation and all, as PROJ names it."""

GRIDMAP = "rdnaptrans"
"""Folder of the layer store in which a project can keep the grid."""

_EIGEN = "DAEB_RDNAPTRANS"
_VAN_PROJ = ("PROJ_DATA", "PROJ_LIB")
_mappen: dict[Path, None] = {}


def add_grid_folder(map_: Path) -> None:
    """Look for the grid in this folder too, from now on and before all others."""
    _mappen[map_.resolve()] = None


def find_grid(ook: Iterable[str] = ()) -> Path | None:
    """Find the grid file.

    Parameters
    ----------
    ook
        Folders to look in last: those of PROJ itself.

    Returns
    -------
    Path or None
        None when it is in none of the folders; then only the coarse road to RD is left.
    """
    omgeving = [
        deel
        for naam in (_EIGEN, *_VAN_PROJ)
        for deel in os.environ.get(naam, "").split(os.pathsep)
        if deel.strip()
    ]
    mappen = [*reversed(_mappen), *map(Path, omgeving), *map(Path, ook)]
    # A comma parts the grids in a list of them: PROJ could not open such a path.
    paden = (map_.resolve() / GRID for map_ in mappen)
    return next((pad for pad in paden if pad.is_file() and not set(',"') & set(str(pad))), None)


def adopt_proj_data() -> None:
    """Take PROJ_DATA and PROJ_LIB over where they name folders without PROJ's database.

    A folder with the grid alone is no place for PROJ to live, but fiona takes it for one at
    every file that it opens, and then knows no CRS any more. What they name is found by way
    of DAEB_RDNAPTRANS from then on, in programs that this one starts too.
    """
    for naam in _VAN_PROJ:
        mappen = os.environ.get(naam, "")
        if mappen and not _has_database(mappen):
            del os.environ[naam]
            eerder = os.environ.get(_EIGEN)
            os.environ[_EIGEN] = os.pathsep.join([eerder, mappen] if eerder else [mappen])


def _has_database(mappen: str) -> bool:
    return any((Path(deel) / "proj.db").is_file() for deel in mappen.split(os.pathsep) if deel)
