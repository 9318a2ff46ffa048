"""By which columns the objects of a layer are told apart, from one delivery to the next."""

from __future__ import annotations

from types import MappingProxyType

_PLANOBJECT = ("idn", "object_id")

SLEUTELS = MappingProxyType(
    {
        "gemeenten": ("gemeentecode",),
        "percelen": ("perceel_id",),
        "plangebieden": ("idn",),
        # An object's id recurs in later versions of its plan (`domein.md` section 2.6).
        "bestemmingsvlakken": _PLANOBJECT,
        "bouwvlakken": _PLANOBJECT,
        "aanduidingen": _PLANOBJECT,
        "maatvoeringen": _PLANOBJECT,
        "figuren": _PLANOBJECT,
        "besluitvlakken": _PLANOBJECT,
        "visiegebieden": _PLANOBJECT,
        "ponsgebieden": ("object_id",),
        "functiegebieden": ("omgevingsplan", "object_id"),
        "bopa": ("zaaknummer",),
        "woningbouwplannen": ("plan_id",),
        "verblijfsobjecten": ("vbo_id",),
        "panden": ("pand_id",),
    }
)
"""Key columns per layer; a layer that is not here has no key of its own."""
