"""Every kind of XML source that is read, in the order in which it is tried."""

from __future__ import annotations

from kaartlagen.bronnen.imro import imro_grounds, read_imro
from kaartlagen.bronnen.percelen_gml import brk_grounds, read_percelen_gml
from kaartlagen.bronnen.soort import XmlSoort

XMLSOORTEN = (
    XmlSoort("imro", "een IMRO-plan", imro_grounds, read_imro),
    XmlSoort("percelen", "percelen van de BRK", brk_grounds, read_percelen_gml),
)
