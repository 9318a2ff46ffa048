"""The parcels with the columns of PDOK's OGC API (BRK Kadastrale kaart)."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from daeb_locaties.voorbeeld.namen import GEMEENTEN
from daeb_locaties.voorbeeld.streek import Streek

_SECTIES = np.array(list("ABCDEFGHKLMN"))
_PER_SECTIE = 9_999
_BEGIN = "2012-03-01T00:00:00Z"


def make_percelen(streek: Streek) -> gpd.GeoDataFrame:
    """Return one row per parcel, in the order of the cells, EPSG:28992.

    The kadastrale gemeentecode has nothing to do with the CBS code, as in the real BRK.
    A few parcels have a provisional or administrative size.
    """
    vormen = np.concatenate([cel.dekking.vorm for cel in streek.cellen])
    aantallen = [len(cel.dekking.vorm) for cel in streek.cellen]
    gemeente = np.repeat([cel.gemeente for cel in streek.cellen], aantallen)
    volgnummer = _count_within(gemeente)
    grootte = np.maximum(1.0, np.round(shapely.area(vormen)))
    soort = np.where(volgnummer % 61 == 7, "Voorlopig", "Vastgesteld")
    soort = np.where(volgnummer % 397 == 11, "Administratief", soort)
    namen = np.array([g.naam for g in GEMEENTEN])[gemeente]
    akr = np.array([g.naam[:3].upper() + "00" for g in GEMEENTEN])[gemeente]
    frame = pd.DataFrame(
        {
            "identificatie_namespace": "NL.IMKAD.KadastraalObject",
            "identificatie_lokaal_id": [f"{99_000_000_000_000 + n}" for n in range(len(vormen))],
            "begin_geldigheid": _BEGIN,
            "tijdstip_registratie": _BEGIN,
            "volgnummer": 0,
            "status_historie_code": "G",
            "status_historie_waarde": "Geldig",
            "kadastrale_gemeente_code": (gemeente + 1_401).astype(str),
            "kadastrale_gemeente_waarde": namen,
            "sectie": _SECTIES[(volgnummer // _PER_SECTIE) % len(_SECTIES)],
            "akr_kadastrale_gemeente_code_code": (gemeente + 1_401).astype(str),
            "akr_kadastrale_gemeente_code_waarde": akr,
            "kadastrale_grootte_waarde": grootte,
            "soort_grootte_code": pd.Series(soort)
            .map({"Vastgesteld": "1", "Voorlopig": "2", "Administratief": "3"})
            .to_numpy(),
            "soort_grootte_waarde": soort,
            "perceelnummer": volgnummer % _PER_SECTIE + 1,
            "perceelnummer_rotatie": 0.0,
            "perceelnummer_verschuiving_delta_x": 0.0,
            "perceelnummer_verschuiving_delta_y": 0.0,
        }
    )
    return gpd.GeoDataFrame(frame, geometry=vormen, crs=28992)


def _count_within(groep: np.ndarray) -> np.ndarray:
    """Number the rows 0, 1, 2... within each group, in row order."""
    return pd.Series(groep).groupby(groep).cumcount().to_numpy()
