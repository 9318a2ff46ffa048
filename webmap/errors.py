"""The errors of the web edge: what a browser can ask wrongly."""

from __future__ import annotations

from daeb_locaties.errors import DaebError


class WebmapError(DaebError):
    """Base of all errors that webmap raises on purpose; messages are Dutch."""


class VerzoekError(WebmapError):
    """The request cannot be understood: a missing or malformed parameter."""


class HostError(WebmapError):
    """The request names a host that this server does not answer to."""


class NietGevondenError(WebmapError):
    """What is asked for does not exist in this project."""


class TeGrootError(WebmapError):
    """The request is well formed, but asks for more than one answer may hold."""


class GeweigerdError(WebmapError):
    """The register says no to a well formed change, and says why."""


class VoorwaardeError(WebmapError):
    """A change does not say on which version it was based."""


class ToegangError(WebmapError):
    """Who asks this may not do it."""


class WieOnbekendError(ToegangError):
    """Something is written by somebody who has not said who he is."""


class LuisteraarsError(WebmapError):
    """More browsers listen than this server has threads for."""


class PoortBezetError(WebmapError):
    """The address and port to serve on cannot be taken."""
