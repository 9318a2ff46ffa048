"""Writing files whole or not at all, and reading every geodata file back before it counts.

With `kaartlagen.lezen` the only importer of pyogrio and fiona. All geometry that goes out
is two-dimensional and in EPSG:28992 (RD).
"""

from kaartlagen.schrijven.bestand import write_bytes, write_text
from kaartlagen.schrijven.flatgeobuf import Rijen, RijenTerzijde, rows_aside, write_flatgeobuf
from kaartlagen.schrijven.geopackage import write_geopackage

__all__ = [
    "Rijen",
    "RijenTerzijde",
    "rows_aside",
    "write_bytes",
    "write_flatgeobuf",
    "write_geopackage",
    "write_text",
]
