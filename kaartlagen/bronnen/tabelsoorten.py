"""Every kind of table with geometry that is recognised by its columns."""

from __future__ import annotations

from kaartlagen.bronnen.achtergrond import achtergrond_grounds, read_achtergrond
from kaartlagen.bronnen.bag import (
    pand_grounds,
    read_panden,
    read_verblijfsobjecten,
    vbo_grounds,
)
from kaartlagen.bronnen.bopa import bopa_grounds, read_bopa
from kaartlagen.bronnen.gemeenten import gemeente_grounds, read_gemeenten
from kaartlagen.bronnen.percelen import parcel_grounds, read_percelen
from kaartlagen.bronnen.percelen_stroom import stream_percelen
from kaartlagen.bronnen.planlijst_zeeland import companion
from kaartlagen.bronnen.ruimtelijke_plannen import (
    choices,
    flat_plan_grounds,
    no_grounds,
    read_flat_plan,
)
from kaartlagen.bronnen.soort import Tabelsoort
from kaartlagen.bronnen.woningbouwplannen import plan_grounds, read_woningbouwplannen

_PUNT = frozenset({"Point", "MultiPoint"})
_VLAK = frozenset(
    {"Polygon", "MultiPolygon", "CurvePolygon", "MultiSurface", "Unknown", "GeometryCollection"}
)

TABELSOORTEN = (
    Tabelsoort("percelen", parcel_grounds, read_percelen, stream=stream_percelen),
    Tabelsoort("gemeenten", gemeente_grounds, read_gemeenten, wijkt=True, geometrieen=_VLAK),
    Tabelsoort("woningbouwplannen", plan_grounds, read_woningbouwplannen, companion=companion),
    Tabelsoort("ruimtelijke_plannen", flat_plan_grounds, read_flat_plan),
    *(Tabelsoort(soort, no_grounds, lezer) for soort, lezer in choices().items()),
    Tabelsoort("bopa", bopa_grounds, read_bopa),
    # Panden have a gebruiksdoel too; a verblijfsobject is a point.
    Tabelsoort("verblijfsobjecten", vbo_grounds, read_verblijfsobjecten, geometrieen=_PUNT),
    Tabelsoort("panden", pand_grounds, read_panden, geometrieen=_VLAK),
    Tabelsoort("achtergrond", achtergrond_grounds, read_achtergrond),
)
