"""Whose data a source is, as far as its form alone tells.

Only forms that nobody else publishes count: a file that was made over has lost its owner,
and then the user says it (`--eigenaar`, `--licentie`) or it stays unknown. Terms: the BRK
and the bestuurlijke gebieden CC BY 4.0, the BAG public domain (`domein.md` section 4 and
PDOK's own documents).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kaartlagen.bronnen.kolommen import normalise
from kaartlagen.herkomst import Bronvermelding

_KADASTER = Bronvermelding("Kadaster", "CC BY 4.0")
_BAG = Bronvermelding("Kadaster", "Public Domain Mark 1.0")
_CBS = Bronvermelding("CBS en Kadaster", "CC BY 4.0")
_ONBEKEND = Bronvermelding()


@dataclass(frozen=True, slots=True)
class _Kenmerk:
    """What gives a source away: its form in words, or columns that only it has."""

    laag: str
    vermelding: Bronvermelding
    vorm: str = ""
    kolommen: tuple[str, ...] = ()

    def fits(self, laag: str, vorm: str, kolommen: frozenset[str]) -> bool:
        if laag != self.laag:
            return False
        if self.vorm:
            return vorm == self.vorm
        return kolommen.issuperset(map(normalise, self.kolommen))


_KENMERKEN = (
    _Kenmerk("percelen", _KADASTER, vorm="BRK GML"),
    _Kenmerk(
        "percelen",
        _KADASTER,
        kolommen=("identificatie_lokaal_id", "akr_kadastrale_gemeente_code_waarde"),
    ),
    _Kenmerk("gemeenten", _KADASTER, kolommen=("ligt_in_provincie_code", "code", "naam")),
    _Kenmerk("gemeenten", _CBS, kolommen=("statcode", "statnaam")),
    _Kenmerk("gemeenten", _CBS, kolommen=("gm_code", "gm_naam")),
    _Kenmerk("achtergrond", _KADASTER, vorm="TOP10NL GML"),
    *(
        _Kenmerk(laag, _BAG, vorm=vorm, kolommen=kolommen)
        for laag in ("panden", "verblijfsobjecten")
        for vorm, kolommen in (("BAG-extract 2.0", ()), ("", ("rdf_seealso", "identificatie")))
    ),
)


def known_source(laag: str, vorm: str, kolommen: Sequence[str] = ()) -> Bronvermelding:
    """Say whose data a layer is and under which terms.

    Parameters
    ----------
    laag
        The layer that it was read as.
    vorm
        The source's form in words, as in `kaartlagen.herkomst.Herkomst`.
    kolommen
        The source's own column names; empty for XML.

    Returns
    -------
    Bronvermelding
        With None where the form does not tell.
    """
    namen = frozenset(map(normalise, kolommen))
    return next((k.vermelding for k in _KENMERKEN if k.fits(laag, vorm, namen)), _ONBEKEND)
