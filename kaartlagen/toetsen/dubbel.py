"""Things that are there twice: identifications, geometry, whole rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from kaartlagen.controles import Bevinding
from kaartlagen.inhoudcontroles import ID_DUBBEL, ID_ONTBREEKT, RIJ_DUBBEL, ZELFDE_VLAK
from kaartlagen.sleutels import SLEUTELS
from kaartlagen.toetsen.maten import Maten
from kaartlagen.toetsen.namen import name_marked

EIGEN_PLEK = frozenset({"gemeenten", "percelen", "panden", "woningbouwplannen", "bopa"})
"""Layers in which two objects never have the same ground. Plans and their objects may."""

_MET_EIGEN_CONTROLE = frozenset({"percelen", "woningbouwplannen", "panden", "verblijfsobjecten"})
"""Layers whose source module reports double identifications (KL702, KL603, KL806)."""

_MENGER = np.uint64(0x9E3779B97F4A7C15)


def double_findings(
    laag: str, kolommen: pd.DataFrame, geometrie: NDArray[np.object_], maten: Maten
) -> tuple[Bevinding, ...]:
    """Report rows without or with a double identification, double rows and double ground."""
    return (
        *id_findings(laag, kolommen),
        *alike_findings(laag, kolommen, geometrie, maten),
    )


def alike_findings(
    laag: str, kolommen: pd.DataFrame, geometrie: NDArray[np.object_], maten: Maten
) -> tuple[Bevinding, ...]:
    """Report double rows and double ground."""
    groep = group_alike(geometrie, maten)
    rij_dubbel = _double_rows(kolommen, groep)
    zelfde = np.zeros(len(groep), dtype=bool)
    if laag in EIGEN_PLEK:
        zelfde = (groep >= 0) & (groep != np.arange(len(groep))) & ~rij_dubbel
    return (
        *RIJ_DUBBEL.report(int(rij_dubbel.sum()), name_marked(kolommen, rij_dubbel)),
        *ZELFDE_VLAK.report(int(zelfde.sum()), name_marked(kolommen, zelfde)),
    )


def group_alike(geometrie: NDArray[np.object_], maten: Maten) -> NDArray[np.intp]:
    """Give every row the first row with the same geometry; -1 for a row that is alone.

    The order and start of rings do not matter; the rest is compared to the bit. Only rows
    that agree in extent and number of vertices are looked at closely.
    """
    uit = np.full(len(geometrie), -1, dtype=np.intp)
    _, omgekeerd, aantal = np.unique(alike_keys(maten), return_inverse=True, return_counts=True)
    kandidaten = np.flatnonzero(aantal[omgekeerd] > 1)
    if len(kandidaten) == 0:
        return uit
    vormen = pd.Series(shapely.to_wkb(shapely.normalize(geometrie[kandidaten])))
    codes = pd.factorize(vormen)[0]
    eerste = kandidaten[np.unique(codes, return_index=True)[1]]
    meer = np.bincount(codes)[codes] > 1
    uit[kandidaten[meer]] = eerste[codes[meer]]
    return uit


def alike_keys(maten: Maten) -> NDArray[np.uint64]:
    """Mix extent and number of vertices into one number per row: equal for equal geometry."""
    sleutel: NDArray[np.uint64] = maten.punten.astype(np.uint64)
    # Zero added: -0.0 and 0.0 are the same place.
    for grens in np.ascontiguousarray((maten.grenzen + 0.0).T):
        sleutel = (sleutel ^ grens.view(np.uint64)) * _MENGER
        sleutel ^= sleutel >> np.uint64(29)
    return sleutel


def _double_rows(kolommen: pd.DataFrame, groep: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Mark rows that equal an earlier row in geometry and in every column."""
    dubbel = np.zeros(len(groep), dtype=bool)
    plekken = np.flatnonzero(groep >= 0)
    if len(plekken):
        rijen = kolommen.iloc[plekken].assign(geometrie=groep[plekken])
        dubbel[plekken] = rijen.duplicated().to_numpy()
    return dubbel


def id_findings(laag: str, kolommen: pd.DataFrame) -> tuple[Bevinding, ...]:
    """Report rows without or with a double identification."""
    if laag not in SLEUTELS:
        return ()
    sleutel = kolommen[list(SLEUTELS[laag])]
    zonder = sleutel.isna().any(axis=1).to_numpy()
    uit = ID_ONTBREEKT.report(int(zonder.sum()), name_marked(kolommen, zonder))
    if laag not in _MET_EIGEN_CONTROLE:
        dubbel = sleutel.duplicated().to_numpy() & ~zonder
        uit += ID_DUBBEL.report(int(dubbel.sum()), name_marked(kolommen, dubbel))
    return uit
