"""The BRK Kadastrale kaart as GML, part by part: what `percelen_gml` reads whole."""

from __future__ import annotations

from pathlib import Path

from kaartlagen.bronnen.deel import Deel, OngeschiktError, Stroom
from kaartlagen.bronnen.gml import Boogteller
from kaartlagen.bronnen.gml_bevindingen import geometry_changes
from kaartlagen.bronnen.gml_sjabloon import Objectlezer
from kaartlagen.bronnen.gml_snel import Gmllezer, Objecten
from kaartlagen.bronnen.gml_stelsel import one_crs
from kaartlagen.bronnen.gml_stukken import iter_pieces, open_gml
from kaartlagen.bronnen.percelen_arrow import Perceeltelling, parcel_table, without_prefix
from kaartlagen.bronnen.percelen_gml import (
    ID_BEGIN,
    VELDEN,
    attributes,
    boundary,
    ended_version,
    is_parcel,
)
from kaartlagen.bronnen.percelen_historie import deciding_elements
from kaartlagen.controles import Bevinding

PERCEELLEZER = Objectlezer(
    velden=VELDEN,
    accepts=is_parcel,
    ended=ended_version,
    values=attributes,
    shape=boundary,
    decisive=deciding_elements,
)


def stream_percelen_gml(pad: Path) -> Stroom:
    """Read the percelen of a Kadastrale kaart delivery part by part.

    Raises
    ------
    OngeschiktError
        When it takes the reader of whole files to understand this one.
    BronError
        When the file is not well-formed at its beginning.
    """
    gml = open_gml(pad, PERCEELLEZER)
    crs = one_crs(gml.eerste.teller.stelsels, pad.name)
    if crs is None:
        raise OngeschiktError("the first perceel names no CRS")
    lezer = Gmllezer(gml.omslag, PERCEELLEZER)
    return Stroom(
        laag="percelen",
        crs=crs,
        bron=pad.name,
        vorm="BRK GML",
        stukken=iter_pieces(gml),
        maak=lambda stuk: _part(lezer.read(stuk)),
        telling=_Telling(crs),
    )


def _part(objecten: Objecten) -> Deel:
    waarden = dict(objecten.waarden)
    waarden["perceel_id"] = without_prefix(waarden["perceel_id"], ID_BEGIN)
    return Deel(
        kolommen=parcel_table(waarden, len(objecten.rijen)),
        wkb=objecten.wkb,
        rijen=objecten.rijen,
        gelezen=objecten.gelezen,
        onleesbaar=objecten.onleesbaar,
        weggelaten=objecten.vervallen,
        tellers=objecten.tellers,
    )


class _Telling(Perceeltelling):
    """Adds what building geometry changed, and requires one CRS."""

    def __init__(self, crs: str) -> None:
        super().__init__()
        self._crs = crs
        self._alles = Boogteller()

    def add(self, deel: Deel, eerste: int) -> None:
        """Count a part, of which the first row is number `eerste` of the source."""
        super().add(deel, eerste)
        for teller in deel.tellers:
            if not teller.stelsels <= {self._crs}:
                raise OngeschiktError(f"another CRS: {teller.stelsels}")
            self._alles.aantal += teller.aantal
            self._alles.oppervlakte_m2 += teller.oppervlakte_m2
            self._alles.hoogten += teller.hoogten

    def findings(self) -> tuple[Bevinding, ...]:
        """Report on all parts together."""
        return (*super().findings(), *geometry_changes(self._alles))
