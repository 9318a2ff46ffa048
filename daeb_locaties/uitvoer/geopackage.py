"""The GeoPackage for the provincie: locaties, what they rest on, and the balans."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely import Point

from daeb_locaties.model import Balans, Bewijs, LocatieRegel
from daeb_locaties.uitvoer.kolom import to_table
from daeb_locaties.uitvoer.kop import Kop, Uitvoerbestand
from daeb_locaties.uitvoer.locaties import locatie_columns
from daeb_locaties.uitvoer.stijl import locatie_styles
from daeb_locaties.uitvoer.tabellen import (
    aantallen_table,
    balans_table,
    bewijs_table,
    verantwoording_table,
)
from kaartlagen.herkomst import sha256_file
from kaartlagen.schrijven import write_geopackage

_OMSCHRIJVINGEN = {
    "locaties": "Locaties voor DAEB-woningen met hun oordeel hard, zacht of onbekend",
    "locaties_punten": "Locaties waarvan alleen een punt bekend is",
    "bewijs": "Planobjecten waarop de locaties liggen, per locatie_id",
    "aantallen": "Aantallen woningen per locatie_id, maat, component en jaar",
    "balans": "Bod = hard + zacht + onbekend + zonder locatie - boven bod, per gemeente en regio",
    "verantwoording": "Akkoord, biedingen, peildatum, regelversie en momentopnamen",
}


def export_geopackage(
    doel: Path,
    regels: Sequence[LocatieRegel],
    bewijs: Sequence[Bewijs],
    balans: Balans,
    *,
    kop: Kop,
) -> Uitvoerbestand:
    """Write the GeoPackage; equal input gives equal bytes, whenever it is written.

    Layer `locaties` (MultiPolygon) has the locaties with a vlak, `locaties_punten` (Point)
    those with a point only; each is there when it has rows, and `locaties` also when there
    are no locaties at all. Tables `bewijs`, `aantallen`, `balans` and `verantwoording`
    have no geometry. All rows are written, whatever their `vertrouwelijkheid`: the column
    says it.

    Parameters
    ----------
    doel
        The file to make or replace; its folder must exist.
    regels, bewijs, balans
        What `daeb_locaties.overzicht` reads, in the order of the file.
    kop
        What the file says about itself; its peildatum dates the file.

    Returns
    -------
    Uitvoerbestand
        The file with its sha256, the rows per layer and the reader that read it back.

    Raises
    ------
    kaartlagen.errors.OpslagError
        When the file cannot be written, a locatie has invalid geometry, or the file does
        not read back as it should; `doel` then is as it was.
    """
    lagen: dict[str, pd.DataFrame] = {
        **_locatie_layers(regels, kop),
        "bewijs": bewijs_table(bewijs),
        "aantallen": aantallen_table(regels),
        "balans": balans_table(balans),
        "verantwoording": verantwoording_table(kop, balans),
    }
    teruggelezen = write_geopackage(
        doel,
        lagen,
        stijlen=locatie_styles(frozenset(lagen)),
        moment=kop.moment,
        omschrijvingen=_OMSCHRIJVINGEN,
    )
    return Uitvoerbestand(
        pad=doel,
        sha256=sha256_file(doel),
        lagen={laag.naam: laag.aantal for laag in teruggelezen.lagen if laag.naam in lagen},
        teruggelezen_met=teruggelezen.lezer,
        bewijs=teruggelezen,
    )


def _locatie_layers(regels: Sequence[LocatieRegel], kop: Kop) -> dict[str, gpd.GeoDataFrame]:
    """Divide the locaties over one layer per geometry type, without a needless empty one."""
    punten = [regel for regel in regels if isinstance(regel.locatie.geometrie_rd, Point)]
    vlakken = [regel for regel in regels if not isinstance(regel.locatie.geometrie_rd, Point)]
    lagen = {}
    if vlakken or not punten:
        lagen["locaties"] = _layer(vlakken, kop)
    if punten:
        lagen["locaties_punten"] = _layer(punten, kop)
    return lagen


def _layer(regels: Sequence[LocatieRegel], kop: Kop) -> gpd.GeoDataFrame:
    tabel = to_table(locatie_columns(kop.peildatum), regels)
    geometrie = gpd.GeoSeries([regel.locatie.geometrie_rd for regel in regels], crs=28992)
    return gpd.GeoDataFrame(tabel, geometry=geometrie)
