"""Which layers go to the map as tiles, with which style class and in which drawing order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kaartlagen.tegels.coderen import Uitsnede

_HOOGSTE_KLASSEN = 250


@dataclass(frozen=True, slots=True)
class Tegellaag:
    """What of a stored layer goes into a tile.

    Parameters
    ----------
    naam
        A layer of `kaartlagen.lagen`.
    klasse
        The column whose text is the style class, in lower case; None for a layer that is
        drawn in one style.
    kies
        A column and the value that a row must have in it; None for every row.
    op_plandatum
        Whether rows are drawn in the order of the dates of their plans, the newest on top.
    """

    naam: str
    klasse: str | None = None
    kies: tuple[str, str] | None = None
    op_plandatum: bool = False

    @property
    def kolommen(self) -> tuple[str, ...]:
        """The columns that have to be read."""
        keus = self.kies[0] if self.kies else None
        plan = "idn" if self.op_plandatum else None
        return tuple(naam for naam in (self.klasse, keus, plan) if naam)


_LAGEN = (
    Tegellaag("percelen", klasse="eigenaar"),
    Tegellaag(
        "bestemmingsvlakken",
        klasse="hoofdgroep",
        kies=("soort", "enkelbestemming"),
        op_plandatum=True,
    ),
)

TEGELLAGEN = {laag.naam: laag for laag in _LAGEN}


def make_uitsnede(
    laag: Tegellaag,
    tabel: pa.Table,
    wkb: pa.ChunkedArray,
    nummers: npt.NDArray[np.int64],
    plandatum: Callable[[], Mapping[str, str]],
) -> Uitsnede:
    """Choose, class and order the rows that were read.

    Parameters
    ----------
    tabel
        The columns `laag.kolommen` (n).
    wkb, nummers
        Geometry and id per row (n).
    plandatum
        Gives the date (JJJJ-MM-DD) per idn; only asked for by a layer that is in that order.
    """
    klassen, waarden = _class(laag, tabel)
    volgorde = np.arange(len(tabel), dtype=np.int64)
    if laag.op_plandatum:
        # Alike in style after each other, for they are painted together.
        volgorde = np.lexsort((klassen, _rank(tabel.column("idn"), plandatum())))
    if laag.kies:
        kolom, waarde = laag.kies
        past = pc.fill_null(pc.equal(tabel.column(kolom), waarde), False)
        volgorde = volgorde[past.to_numpy()[volgorde]]
    return Uitsnede(wkb, nummers, klassen, waarden, volgorde)


def _class(laag: Tegellaag, tabel: pa.Table) -> tuple[npt.NDArray[np.int64], tuple[str, ...]]:
    """Return per row the place of its class, -1 for none, and the classes."""
    if laag.klasse is None or len(tabel) == 0:
        return np.full(len(tabel), -1, np.int64), ()
    codes, waarden = _encode(pc.utf8_lower(pc.cast(tabel.column(laag.klasse), pa.string())))
    # A column of free text is no style: a tile must not carry it whole.
    return np.where(codes < _HOOGSTE_KLASSEN, codes, -1), tuple(waarden[:_HOOGSTE_KLASSEN])


def _rank(idn: pa.ChunkedArray, datum: Mapping[str, str]) -> npt.NDArray[np.int64]:
    """Return per row a number that grows with the date of its plan, 0 for an unknown date."""
    codes, waarden = _encode(idn)
    datums = np.array([datum.get(naam) or "" for naam in waarden] + [""], dtype="U10")
    rang = np.unique(datums, return_inverse=True)[1]
    return rang.ravel()[codes].astype(np.int64)


def _encode(kolom: pa.ChunkedArray) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Return per row the place of its text among the texts, -1 where it is absent."""
    geheel = pc.dictionary_encode(kolom.combine_chunks())
    if isinstance(geheel, pa.ChunkedArray):
        geheel = geheel.combine_chunks()
    codes = pc.fill_null(geheel.indices, -1).to_numpy(zero_copy_only=False)
    return codes.astype(np.int64), geheel.dictionary.to_pylist()
