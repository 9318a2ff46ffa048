"""The layer store: immutable snapshots as FlatGeobuf files with their herkomst beside them.

A snapshot is two files under ``<map>/<laag>/``: ``<id>.fgb`` with the rows and
``<id>.json`` with the facts. The JSON comes last and by a rename, so a snapshot exists
wholly or not at all, whatever other process is reading or storing.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from kaartlagen.controles import Bevinding
from kaartlagen.crs import RD
from kaartlagen.errors import BronError, KolomError, OpslagError
from kaartlagen.herkomst import Herkomst
from kaartlagen.laagframe import columns_from_arrow, contract_schema
from kaartlagen.lagen import LAGEN
from kaartlagen.lezen import read_flatgeobuf, read_flatgeobuf_columns
from kaartlagen.momentopname import Momentopname, from_text, to_text
from kaartlagen.schrijven import RijenTerzijde, rows_aside, write_flatgeobuf, write_text
from kaartlagen.vervangen import replace_whole

Bbox = tuple[float, float, float, float]


class LaagOpslag:
    """The snapshots of one project.

    Parameters
    ----------
    map
        The folder; it is made at the first store.
    """

    def __init__(self, map: Path) -> None:  # noqa: A002  (the users' word for a folder)
        self.map = map
        # Snapshots never change, so what was read of one stays true.
        self._bekend: dict[Path, Momentopname] = {}

    def store(
        self,
        laag: str,
        frame: gpd.GeoDataFrame,
        herkomst: Herkomst,
        bevindingen: Iterable[Bevinding] = (),
    ) -> Momentopname:
        """Store a layer as a new snapshot.

        Parameters
        ----------
        laag
            A layer of `kaartlagen.lagen`.
        frame
            The contract's columns and geometry in EPSG:28992, at least one row, no
            geometry missing.
        herkomst
            Where it comes from.
        bevindingen
            What the checks found.

        Returns
        -------
        Momentopname
            The new snapshot; or the one that counts already, when it came from the same
            bytes, read in the same way by the same rules.

        Raises
        ------
        OpslagError
            When there is nothing to store or the disk refuses; the store is as it was.
        KolomError
            When the columns are not the contract's.
        """
        _require_contract(laag, frame)
        bestaand = self.find_same(laag, herkomst)
        if bestaand is not None:
            return bestaand
        opname = self.name_snapshot(
            laag,
            herkomst,
            len(frame),
            _bbox(frame),
            math.fsum(shapely.area(frame.geometry.to_numpy())),
        )
        opname = replace(opname, bevindingen=tuple(bevindingen))
        _make_folder(opname.pad.parent)
        write_flatgeobuf(opname.pad, frame)
        write_text(opname.pad.with_suffix(".json"), to_text(opname))
        return opname

    def find_same(self, laag: str, herkomst: Herkomst) -> Momentopname | None:
        """Find the snapshot that counts and came from the same bytes, read in the same way."""
        afdruk = _fingerprint(laag, herkomst)
        for opname in self.current(laag):
            if opname.herkomst.bron == herkomst.bron and afdruk in opname.id:
                return opname
        return None

    def name_snapshot(
        self, laag: str, herkomst: Herkomst, aantal: int, bbox_rd: Bbox, oppervlakte_m2: float
    ) -> Momentopname:
        """Describe a snapshot that is to be made, with its name and place."""
        opname_id = self._new_id(laag, herkomst, _fingerprint(laag, herkomst))
        return Momentopname(
            id=opname_id,
            laag=laag,
            herkomst=herkomst,
            aantal=aantal,
            bbox_rd=bbox_rd,
            oppervlakte_m2=oppervlakte_m2,
            pad=self.map / laag / f"{opname_id}.fgb",
        )

    @contextmanager
    def rows_aside(self, laag: str) -> Iterator[RijenTerzijde]:
        """Give room for the rows of a snapshot to be; what is not adopted is gone after it.

        Raises
        ------
        OpslagError
            When the disk refuses.
        """
        map_ = self.map / laag
        nieuw = [m for m in (map_, *map_.parents) if not m.exists()]
        _make_folder(map_)
        try:
            with rows_aside(map_) as terzijde:
                yield terzijde
        finally:
            for leeg in nieuw:
                with suppress(OSError):  # there is something in it after all
                    leeg.rmdir()

    def adopt(self, opname: Momentopname, bestand: Path) -> None:
        """Take up a FlatGeobuf of the contract's columns, on the same disk, as a snapshot.

        Raises
        ------
        OpslagError
            When the disk refuses; the store is as it was.
        """
        with replace_whole(opname.pad) as tijdelijk:
            bestand.replace(tijdelijk)
        write_text(opname.pad.with_suffix(".json"), to_text(opname))

    def snapshots(self, laag: str | None = None) -> tuple[Momentopname, ...]:
        """List all snapshots of a layer, or of all layers, oldest first per layer.

        Old and new go by peildatum, or by the day of reading where no peildatum is known;
        then by the moment of reading.
        """
        if laag is None:
            return tuple(opname for naam in LAGEN for opname in self.snapshots(naam))
        paden = (self.map / laag).glob("*.json")
        opnamen = [opname for pad in paden if (opname := self._describe(pad)) is not None]
        return tuple(sorted(opnamen, key=_age))

    def current(self, laag: str) -> tuple[Momentopname, ...]:
        """List the snapshots that count: the newest of every bron, ordered by bron.

        For a layer that is a complete cover (`dekkend`) that is the newest alone.
        """
        per_bron: dict[str, Momentopname] = {}
        for opname in self.snapshots(laag):
            sleutel = "" if LAGEN[laag].dekkend else opname.herkomst.bron
            per_bron[sleutel] = opname
        return tuple(per_bron[bron] for bron in sorted(per_bron))

    def snapshot(self, laag: str, momentopname_id: str) -> Momentopname:
        """Find one snapshot of a layer.

        Raises
        ------
        OpslagError
            When the layer has no such snapshot; the message names those that it has.
        """
        opnamen = {opname.id: opname for opname in self.snapshots(laag)}
        if momentopname_id not in opnamen:
            raise OpslagError(
                f"momentopname {momentopname_id} bestaat niet.",
                waar=f"laag {laag}",
                herstel=f"Kies uit: {', '.join(opnamen) or 'geen (de laag is leeg)'}.",
            )
        return opnamen[momentopname_id]

    def read(
        self, laag: str, *, bbox: Bbox | None = None, momentopname: str | None = None
    ) -> gpd.GeoDataFrame:
        """Read a layer: the rows of all snapshots that count, or of one.

        Parameters
        ----------
        laag
            A layer of `kaartlagen.lagen`.
        bbox
            x_min, y_min, x_max, y_max in EPSG:28992: only rows that meet this box.
        momentopname
            The id of the one snapshot to read, whether it counts or not; None for those
            that count.

        Returns
        -------
        geopandas.GeoDataFrame
            The contract's columns, `momentopname` (the snapshot's id) and `geometry`, in
            EPSG:28992; index 0..n-1; without rows when nothing is stored. The order is
            that of `current`, then of the file: the same every time.

        Raises
        ------
        OpslagError
            When a snapshot is damaged, or there is none with that id.
        """
        namen = LAGEN[laag].kolomnamen
        opnamen = self.current(laag)
        if momentopname is not None:
            opnamen = (self.snapshot(laag, momentopname),)
        delen, vormen, ids, aantallen = [], [], [], []
        for opname in opnamen:
            if bbox is not None and not _meets(opname.bbox_rd, bbox):
                continue
            tabel, geometrie = _read_file(opname, bbox)
            delen.append(_in_contract_types(laag, _complete(tabel, namen)))
            vormen.append(geometrie)
            ids.append(opname.id)
            aantallen.append(len(geometrie))
        tabel = pa.concat_tables(delen) if delen else _in_contract_types(laag, None)
        kolommen = columns_from_arrow(laag, tabel)
        kolommen["momentopname"] = pd.Series(
            np.repeat(np.array(ids, dtype=object), aantallen), dtype=object
        )
        geheel = np.concatenate(vormen) if vormen else np.empty(0, dtype=object)
        return gpd.GeoDataFrame(kolommen, geometry=geheel, crs=RD)

    def read_columns(self, opname: Momentopname, kolommen: Sequence[str]) -> pa.Table:
        """Read some attributes of one snapshot, in the order of its rows.

        Raises
        ------
        OpslagError
            When it is damaged or has no such column.
        """
        try:
            return read_flatgeobuf_columns(opname.pad, kolommen)
        except (BronError, KeyError) as fout:
            raise _damaged(opname) from fout

    def remove(self, momentopname_id: str) -> None:
        """Delete one snapshot; the one before it then counts again.

        Raises
        ------
        OpslagError
            When there is no such snapshot, or its files cannot be deleted.
        """
        for opname in self.snapshots():
            if opname.id == momentopname_id:
                # The facts first: rows without facts are no snapshot.
                _delete(opname.pad.with_suffix(".json"))
                _delete(opname.pad)
                self._bekend.pop(opname.pad.with_suffix(".json"), None)
                return
        raise OpslagError(
            f"momentopname {momentopname_id} bestaat niet.",
            herstel="Bekijk de momentopnamen met `laag lijst`.",
        )

    def _new_id(self, laag: str, herkomst: Herkomst, afdruk: str) -> str:
        """Name a snapshot by what it is, so that the same source is named alike everywhere.

        A number follows when an older snapshot, that no longer counts, has the name.
        """
        peildatum = herkomst.peildatum.isoformat() if herkomst.peildatum else "zonder-peildatum"
        naam = f"{laag}-{peildatum}-{afdruk}"
        namen = (naam if nummer == 1 else f"{naam}-{nummer}" for nummer in count(1))
        return next(n for n in namen if not (self.map / laag / f"{n}.json").exists())

    def _describe(self, pad: Path) -> Momentopname | None:
        """Read the facts of a snapshot; None when it was removed in the meantime."""
        if pad not in self._bekend:
            try:
                tekst = pad.read_text(encoding="utf-8")
            except FileNotFoundError:
                return None
            except OSError as fout:
                raise OpslagError(
                    f"de beschrijving van een momentopname is niet te lezen ({fout.strerror}).",
                    waar=str(pad),
                    herstel="Controleer de rechten op de projectmap.",
                ) from fout
            self._bekend[pad] = from_text(tekst, pad.with_suffix(".fgb"))
        return self._bekend[pad]


def _in_contract_types(laag: str, tabel: pa.Table | None) -> pa.Table:
    """Give an Arrow table the contract's types; an empty one when there is none."""
    schema = contract_schema(laag)
    return schema.empty_table() if tabel is None else tabel.cast(schema)


def _complete(tabel: pa.Table, namen: Sequence[str]) -> pa.Table:
    """Take the contract's columns; one that is younger than the snapshot is unknown in it."""
    return pa.table(
        {
            naam: tabel.column(naam) if naam in tabel.column_names else pa.nulls(len(tabel))
            for naam in namen
        }
    )


def _read_file(opname: Momentopname, bbox: Bbox | None) -> tuple[pa.Table, NDArray[np.object_]]:
    try:
        return read_flatgeobuf(opname.pad, bbox)
    except BronError as fout:
        raise _damaged(opname) from fout


def _damaged(opname: Momentopname) -> OpslagError:
    return OpslagError(
        f"momentopname {opname.id} is beschadigd of verdwenen.",
        waar=str(opname.pad),
        herstel=f"Verwijder haar en lees {opname.herkomst.bestand} opnieuw in.",
    )


def _require_contract(laag: str, frame: gpd.GeoDataFrame) -> None:
    verwacht = [*LAGEN[laag].kolomnamen, "geometry"]
    if list(frame.columns) != verwacht:
        raise KolomError(
            f"de kolommen zijn {', '.join(map(str, frame.columns))}; verwacht: "
            f"{', '.join(verwacht)}.",
            waar=f"laag {laag}",
        )
    if frame.empty:
        raise OpslagError("er zijn geen rijen om te bewaren.", waar=f"laag {laag}")


def _age(opname: Momentopname) -> tuple[date, datetime, str]:
    herkomst = opname.herkomst
    return herkomst.peildatum or herkomst.ingelezen_op.date(), herkomst.ingelezen_op, opname.id


def _fingerprint(laag: str, herkomst: Herkomst) -> str:
    """Hash what makes a snapshot: the bytes, how they were understood, and by which rules."""
    delen = (
        laag, herkomst.bron, herkomst.sha256, herkomst.soort, herkomst.crs_bron,
        str(herkomst.peildatum), herkomst.versie,
        *([herkomst.leeswijze] if herkomst.leeswijze else []),
        # The same degrees lie elsewhere once the machine has the grid.
        *([herkomst.omzetting] if herkomst.omzetting in {"grid", "helmert"} else []),
    )  # fmt: skip
    return hashlib.sha256("\n".join(delen).encode()).hexdigest()[:12]


def _bbox(frame: gpd.GeoDataFrame) -> Bbox:
    x_min, y_min, x_max, y_max = (float(grens) for grens in frame.total_bounds)
    return x_min, y_min, x_max, y_max


def _meets(een: Bbox | None, ander: Bbox) -> bool:
    if een is None:
        return True
    return een[0] <= ander[2] and ander[0] <= een[2] and een[1] <= ander[3] and ander[1] <= een[3]


def _make_folder(pad: Path) -> None:
    try:
        pad.mkdir(parents=True, exist_ok=True)
    except OSError as fout:
        raise OpslagError(
            f"de map kan niet worden gemaakt ({fout.strerror or fout}).",
            waar=str(pad),
            herstel="Kies een projectmap waarin u mag schrijven.",
        ) from fout


def _delete(pad: Path) -> None:
    try:
        pad.unlink(missing_ok=True)
    except OSError as fout:
        raise OpslagError(
            f"het bestand kan niet worden verwijderd ({fout.strerror or fout}).",
            waar=str(pad),
            herstel="Sluit het in andere programma's, zoals QGIS.",
        ) from fout
