"""What building geometry from GML changed in it, as findings: arcs cut, heights left out."""

from __future__ import annotations

from kaartlagen.bogen import BOOGTOLERANTIE_M
from kaartlagen.bronnen.gml import Boogteller
from kaartlagen.controles import BOGEN_RECHT, HOOGTE_WEG, Bevinding
from kaartlagen.getallen import decimal, square_metres


def geometry_changes(teller: Boogteller) -> tuple[Bevinding, ...]:
    """Report the arcs that became chords and the geometries that had heights."""
    uitleg = (
        f"Een recht stukje ligt hoogstens {decimal(BOOGTOLERANTIE_M * 1000, 0)} mm van de boog; "
        f"samen scheelt dat hoogstens {square_metres(teller.oppervlakte_m2)}."
    )
    return (
        *BOGEN_RECHT.report(teller.aantal, uitleg=uitleg),
        *HOOGTE_WEG.report(teller.hoogten),
    )
