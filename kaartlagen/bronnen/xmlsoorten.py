"""Every kind of XML source that is read, in the order in which it is tried."""

from __future__ import annotations

from kaartlagen.bronnen.achtergrond_gml import (
    bgt_grounds,
    read_bgt,
    read_topnl,
    topnl_grounds,
)
from kaartlagen.bronnen.bag_extract import bag_grounds, read_bag
from kaartlagen.bronnen.bag_wfs import (
    read_wfs_panden,
    read_wfs_verblijfsobjecten,
    wfs_pand_grounds,
    wfs_vbo_grounds,
)
from kaartlagen.bronnen.gemeenten_wfs import read_wfs_gemeenten, wfs_gemeente_grounds
from kaartlagen.bronnen.imro import imro_grounds, read_imro
from kaartlagen.bronnen.inspire import inspire_grounds, read_inspire_parcels
from kaartlagen.bronnen.omgevingsplan import (
    gio_grounds,
    omgevingsplan_grounds,
    read_omgevingsplan,
    read_pons_gio,
)
from kaartlagen.bronnen.percelen_gml import brk_grounds, read_percelen_gml
from kaartlagen.bronnen.percelen_gml_stroom import stream_percelen_gml
from kaartlagen.bronnen.percelen_wfs import read_wfs_parcels, wfs_parcel_grounds
from kaartlagen.bronnen.ruimtelijke_plannen_gml import flat_gml_grounds, read_flat_gml
from kaartlagen.bronnen.soort import XmlSoort

XMLSOORTEN = (
    XmlSoort("imro", "een IMRO-plan", imro_grounds, read_imro),
    XmlSoort(
        "percelen", "percelen van de BRK", brk_grounds, read_percelen_gml, stream_percelen_gml
    ),
    XmlSoort("percelen", "percelen van INSPIRE", inspire_grounds, read_inspire_parcels),
    XmlSoort("percelen", "percelen van een WFS", wfs_parcel_grounds, read_wfs_parcels),
    XmlSoort("gemeenten", "gemeenten van een WFS", wfs_gemeente_grounds, read_wfs_gemeenten),
    XmlSoort("bag", "een BAG-extract", bag_grounds, read_bag),
    # The same files, for who names the layer instead of the register.
    XmlSoort("panden", "een BAG-extract", bag_grounds, read_bag),
    XmlSoort("verblijfsobjecten", "een BAG-extract", bag_grounds, read_bag),
    XmlSoort("panden", "panden van een WFS", wfs_pand_grounds, read_wfs_panden),
    XmlSoort(
        "verblijfsobjecten",
        "verblijfsobjecten van een WFS",
        wfs_vbo_grounds,
        read_wfs_verblijfsobjecten,
    ),
    XmlSoort("achtergrond", "een BGT-bestand", bgt_grounds, read_bgt),
    XmlSoort("achtergrond", "een TOP10NL-bestand", topnl_grounds, read_topnl),
    XmlSoort("omgevingsplan", "een omgevingsplan", omgevingsplan_grounds, read_omgevingsplan),
    XmlSoort(
        "ruimtelijke_plannen",
        "ruimtelijke plannen van PDOK of een WFS",
        flat_gml_grounds,
        read_flat_gml,
    ),
    # After the kind that recognises the same files: only `--soort ponsgebieden` leads here.
    XmlSoort("ponsgebieden", "een ponsgebied", gio_grounds, read_pons_gio),
)
