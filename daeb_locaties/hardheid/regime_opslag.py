"""The regime kept beside the layers: flattening is done once per set of plans."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np

from daeb_locaties.akkoord import Hardheidsregel
from daeb_locaties.begrippen import Planstatus
from daeb_locaties.hardheid.grond import Grondoordeel
from daeb_locaties.hardheid.plannen import Plan
from daeb_locaties.hardheid.regime import Regime
from daeb_locaties.hardheid.stuk import Stuk
from kaartlagen.datums import parse_datum
from kaartlagen.errors import BronError
from kaartlagen.lezen import read_flatgeobuf
from kaartlagen.overlay import AreaIndex, OppervlakteindexError
from kaartlagen.schrijven import write_flatgeobuf

# Goes up when the same plans would give other pieces: then every stored regime is made anew.
VERSIE = 3


class RegimeOpslag:
    """The stored regime of one project: one at a time, with its area index.

    Parameters
    ----------
    map_
        The folder; it is made at the first store.
    """

    def __init__(self, map_: Path) -> None:
        self._map = map_

    def find(self, sleutel: str) -> Regime | None:
        """Open the regime with this key; None when it is absent or damaged."""
        pad = self._file(sleutel)
        if not pad.exists():
            return None
        try:
            tabel, geometrie = read_flatgeobuf(pad)
            index = AreaIndex.open(self._index(sleutel), bron_sha256=sleutel)
        except (BronError, OppervlakteindexError):
            return None
        return Regime(tuple(map(_stuk, tabel.to_pylist())), geometrie, index)

    def put(self, sleutel: str, regime: Regime) -> Regime:
        """Store a regime and its index; return it in the order in which it is stored.

        An empty regime is not stored.
        """
        if not regime.stukken:
            return regime
        self._map.mkdir(parents=True, exist_ok=True)
        self._clear()
        write_flatgeobuf(self._file(sleutel), _frame(regime))
        # The file puts rows in the order of the ground; the index must follow that order.
        tabel, geometrie = read_flatgeobuf(self._file(sleutel))
        index = AreaIndex.build(geometrie)
        index.save(self._index(sleutel), bron_sha256=sleutel)
        return Regime(tuple(map(_stuk, tabel.to_pylist())), geometrie, index)

    def _clear(self) -> None:
        """Delete earlier regimes; one that another process holds open stays until later."""
        for pad in sorted(self._map.rglob("*"), reverse=True):
            with suppress(OSError):
                pad.rmdir() if pad.is_dir() else pad.unlink()

    def _file(self, sleutel: str) -> Path:
        return self._map / f"regime-{sleutel[:12]}.fgb"

    def _index(self, sleutel: str) -> Path:
        return self._map / f"index-{sleutel[:12]}"


def regime_key(momentopnamen: Sequence[str], rule: Hardheidsregel) -> str:
    """Return the key of the regime of these layer snapshots under this rule."""
    groepen = (rule.woon_hoofdgroepen, rule.mogelijk_hoofdgroepen, rule.bijbehorende_hoofdgroepen)
    vergund = (rule.bopa_verleend.value, rule.bopa_onherroepelijk.value)
    delen = [str(VERSIE), *vergund, *sorted(momentopnamen)]
    delen += [",".join(sorted(groep)) for groep in groepen]
    return hashlib.sha256("\n".join(delen).encode()).hexdigest()


def _frame(regime: Regime) -> gpd.GeoDataFrame:
    rijen = [_rij(stuk) for stuk in regime.stukken]
    kolommen = {naam: [rij[naam] for rij in rijen] for naam in rijen[0]}
    return gpd.GeoDataFrame(
        {naam: np.asarray(reeks, dtype=object) for naam, reeks in kolommen.items()},
        geometry=regime.geometrie_rd,
        crs="EPSG:28992",
    )


def _rij(stuk: Stuk) -> dict[str, str | None]:
    plan = stuk.plan
    return {
        "idn": plan.idn,
        "plannaam": plan.naam,
        "type_plan": plan.type_plan,
        "planstatus": plan.planstatus,
        "dossierstatus": plan.dossierstatus,
        "datum": plan.datum.isoformat() if plan.datum else None,
        "tam": "ja" if plan.tam else "nee",
        "extern": " ".join(plan.extern) or None,
        "plan_momentopname": plan.momentopname,
        "object_id": stuk.object_id,
        "naam": stuk.naam,
        "hoofdgroep": stuk.hoofdgroep,
        "klasse": stuk.grond.klasse.value,
        "regel": stuk.grond.regel,
        "momentopname": stuk.momentopname,
    }


def _stuk(rij: dict[str, Any]) -> Stuk:
    plan = Plan(
        idn=rij["idn"],
        naam=rij["plannaam"],
        type_plan=rij["type_plan"],
        planstatus=rij["planstatus"],
        dossierstatus=rij["dossierstatus"],
        datum=parse_datum(rij["datum"]),
        tam=rij["tam"] == "ja",
        momentopname=rij["plan_momentopname"],
        extern=tuple((rij["extern"] or "").split()),
    )
    grond = Grondoordeel(Planstatus(rij["klasse"]), rij["regel"])
    return Stuk(plan, rij["object_id"], rij["naam"], rij["hoofdgroep"], grond, rij["momentopname"])
