"""What can only be said once a layer is stored: how it stands to what was there already."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from kaartlagen.controles import MAX_VOORBEELDEN, Bevinding
from kaartlagen.herkomst import Herkomst, differing_terms
from kaartlagen.inhoudcontroles import ELDERS_OOK, HERKOMST_BLIJFT
from kaartlagen.momentopname import Momentopname
from kaartlagen.opslag import LaagOpslag
from kaartlagen.sleutels import SLEUTELS

LAGEN_MET_UNIEK_ID = ("percelen", "panden", "verblijfsobjecten")
"""Layers of which several sources count, and whose ids are those of a national register."""


def stored_findings(
    opslag: LaagOpslag, opname: Momentopname, herkomst: Herkomst
) -> tuple[Bevinding, ...]:
    """Report what the new snapshot shares with others, and what it did not take over.

    Parameters
    ----------
    opslag
        The store.
    opname
        The snapshot that now counts for the source: a new one, or one from before with
        the same content.
    herkomst
        What this reading says of the source.

    Raises
    ------
    OpslagError
        When another snapshot of the layer is damaged.
    """
    anders = differing_terms(opname.herkomst, herkomst)
    return (*HERKOMST_BLIJFT.report(len(anders), anders), *_elsewhere(opslag, opname))


def _elsewhere(opslag: LaagOpslag, opname: Momentopname) -> tuple[Bevinding, ...]:
    """Report the objects that another snapshot that counts holds too.

    Only snapshots whose extents meet are looked at, and only their ids.
    """
    if opname.laag not in LAGEN_MET_UNIEK_ID:
        return ()
    anderen = [
        ander
        for ander in opslag.current(opname.laag)
        if ander.id != opname.id and _meet(ander, opname)
    ]
    if not anderen:
        return ()
    eigen = _ids(opslag, opname)
    dubbel, waar = pc.is_in(eigen, pa.array([], eigen.type)), []
    for ander in anderen:
        ook = pc.is_in(eigen, _ids(opslag, ander).drop_null())
        dubbel = pc.or_(dubbel, ook)
        if pc.any(ook).as_py():
            waar.append(f"{ander.herkomst.bestand} ({ander.id})")
    return ELDERS_OOK.report(
        pc.sum(dubbel).as_py() or 0,
        eigen.filter(dubbel).slice(0, MAX_VOORBEELDEN).to_pylist(),
        uitleg=f"Het gaat om {', '.join(waar)}.",
    )


def _ids(opslag: LaagOpslag, opname: Momentopname) -> pa.Array:
    (kolom,) = SLEUTELS[opname.laag]
    return opslag.read_columns(opname, [kolom]).column(kolom).combine_chunks()


def _meet(een: Momentopname, ander: Momentopname) -> bool:
    a, b = een.bbox_rd, ander.bbox_rd
    if a is None or b is None:
        return True
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]
