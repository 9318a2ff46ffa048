"""Files of no special kind: points, lines or polygons, with all their columns kept as JSON."""

from __future__ import annotations

from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.tabel import make_lezing
from kaartlagen.laagframe import contract_columns, rest_as_json
from kaartlagen.lezen import Bronlaag


def read_general(bron: Bronlaag, laag: str) -> Lezing:
    """Read a layer as `punten`, `lijnen` or `vlakken`; other geometry is refused later."""
    kolommen = contract_columns(laag, {"overig": rest_as_json(bron.kolommen)}, bron.kolommen.index)
    return make_lezing(laag, bron, kolommen)
