"""A stored layer as a GeoPackage for QGIS, with its herkomst and findings beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from kaartlagen.errors import KolomError, OpslagError
from kaartlagen.herkomst import sha256_file
from kaartlagen.laagstijl import layer_style
from kaartlagen.lagen import LAGEN
from kaartlagen.momentopname import Momentopname
from kaartlagen.opslag import LaagOpslag
from kaartlagen.schrijven import write_geopackage

_SOORTEN = ((2, "vlakken"), (1, "lijnen"), (0, "punten"))
_BEVINDINGKOLOMMEN = ("momentopname", "code", "niveau", "aantal", "uitleg", "voorbeelden")


@dataclass(frozen=True, slots=True)
class Laaguitvoer:
    """A written file: its hash, the rows per table, the snapshots in it, who read it back."""

    pad: Path
    sha256: str
    lagen: dict[str, int]
    momentopnamen: tuple[str, ...]
    teruggelezen_met: str


def export_layer(
    opslag: LaagOpslag, laag: str, doel: Path, *, momentopname: str | None = None
) -> Laaguitvoer:
    """Write a layer to a GeoPackage; equal snapshots give equal bytes.

    The table is called as the layer; where rows are of several geometry types there is
    one table for each (`figuren_vlakken`). Column `momentopname` says of which snapshot a
    row is; tables `herkomst` and `bevindingen` tell of every snapshot.

    Parameters
    ----------
    opslag
        The store.
    laag
        A layer of `kaartlagen.lagen`.
    doel
        The file to make or replace; its folder must exist.
    momentopname
        The id of one snapshot; None for all that count.

    Raises
    ------
    KolomError
        When there is no such layer.
    OpslagError
        When the layer or snapshot is not there, or the file cannot be written or does not
        read back; `doel` then is as it was.
    """
    require_layer(laag)
    opnamen = opslag.current(laag)
    if momentopname is not None:
        opnamen = (opslag.snapshot(laag, momentopname),)
    if not opnamen:
        raise OpslagError(
            "er is niets ingelezen.",
            waar=f"laag {laag}",
            herstel="Lees eerst een bestand in met `laag inlezen`.",
        )
    frame = opslag.read(laag, momentopname=momentopname)
    tabellen = _by_geometry(laag, frame)
    stijlen = [stijl for tabel in tabellen for stijl in layer_style(laag, tabel)]
    alles = {**tabellen, "herkomst": _origins(opnamen), "bevindingen": _findings(opnamen)}
    bewijs = write_geopackage(
        doel,
        alles,
        stijlen=stijlen,
        moment=max(opname.herkomst.ingelezen_op for opname in opnamen),
        omschrijvingen={
            **dict.fromkeys(tabellen, LAGEN[laag].uitleg),
            "herkomst": "Waar de rijen vandaan komen, per momentopname",
            "bevindingen": "Wat de controles bij het inlezen vonden, per momentopname",
        },
    )
    return Laaguitvoer(
        pad=doel,
        sha256=sha256_file(doel),
        lagen={beeld.naam: beeld.aantal for beeld in bewijs.lagen if beeld.naam in alles},
        momentopnamen=tuple(opname.id for opname in opnamen),
        teruggelezen_met=bewijs.lezer,
    )


def require_layer(laag: str) -> None:
    """Refuse a name that is no layer.

    Raises
    ------
    KolomError
        With the names that there are.
    """
    if laag not in LAGEN:
        raise KolomError(
            f"de laag {laag!r} bestaat niet.", herstel=f"Kies uit: {', '.join(LAGEN)}."
        )


def _by_geometry(laag: str, frame: gpd.GeoDataFrame) -> dict[str, gpd.GeoDataFrame]:
    """Divide a layer into tables of one geometry type; mostly that is one."""
    dimensies = shapely.get_dimensions(frame.geometry.to_numpy())
    delen = {naam: frame[dimensies == dimensie] for dimensie, naam in _SOORTEN}
    gevuld = {naam: deel for naam, deel in delen.items() if len(deel)}
    if len(gevuld) == 1:
        return {laag: frame}
    return {f"{laag}_{naam}": deel.reset_index(drop=True) for naam, deel in gevuld.items()}


def _origins(opnamen: Sequence[Momentopname]) -> pd.DataFrame:
    return pd.DataFrame([_origin(opname) for opname in opnamen])


def _origin(opname: Momentopname) -> dict[str, Any]:
    herkomst = opname.herkomst
    return {
        "momentopname": opname.id,
        "laag": opname.laag,
        "bron": herkomst.bron,
        "bestand": herkomst.bestand,
        "sha256": herkomst.sha256,
        "url": herkomst.url,
        "eigenaar": herkomst.eigenaar,
        "licentie": herkomst.licentie,
        "soort": herkomst.soort,
        "vorm": herkomst.vorm,
        "crs_bron": herkomst.crs_bron,
        "omzetting": herkomst.omzetting,
        "peildatum": herkomst.peildatum.isoformat() if herkomst.peildatum else None,
        "ingelezen_op": herkomst.ingelezen_op.isoformat(),
        "leesregels": herkomst.versie,
        "controles": herkomst.controles,
        "gereedschap": herkomst.gereedschap,
        "aantal": opname.aantal,
        "oppervlakte_m2": round(opname.oppervlakte_m2, 2),
    }


def _findings(opnamen: Sequence[Momentopname]) -> pd.DataFrame:
    rijen = [
        (opname.id, b.code, b.niveau, b.aantal, b.uitleg, "; ".join(b.voorbeelden) or None)
        for opname in opnamen
        for b in opname.bevindingen
    ]
    tabel = pd.DataFrame(rijen, columns=list(_BEVINDINGKOLOMMEN))
    return tabel.astype({"aantal": "int64"})
