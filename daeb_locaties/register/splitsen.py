"""Splitting a locatie: lineage is kept, and homes and ground add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from shapely import LineString, Point

from daeb_locaties.datums import local_date
from daeb_locaties.errors import LocatieError
from daeb_locaties.model import Einde, Locatie
from daeb_locaties.register import omzetten
from daeb_locaties.register.invoer import check_locatie
from daeb_locaties.register.register import Register
from daeb_locaties.register.schrijven import Auteur, Schrijver
from daeb_locaties.register.snijden import Vlak, cut_by_line, cut_by_shapes
from daeb_locaties.register.verdelen import (
    Aantallen,
    divide_counts,
    divide_number,
    require_sum,
)
from daeb_locaties.register.wijzigen import (
    Uitkomst,
    need_reason,
    put_changed,
    put_new,
    read_row,
    require_version,
)

GESPLITST = "gesplitst"
UIT_SPLITSING = "uit splitsing"


@dataclass(frozen=True, slots=True)
class Deel:
    """What a person says of one part of a split; None leaves it to the rule.

    `naam` is otherwise that of the whole with a number; `aantallen` and `woningen_totaal`
    are otherwise divided by area. Say the counts of all parts or of none.
    """

    naam: str | None = None
    aantallen: Aantallen | None = None
    woningen_totaal: int | None = None


def split_locatie(
    register: Register,
    id_: str,
    versie: int,
    snede: LineString | Sequence[Vlak],
    auteur: Auteur,
    reden: str,
    delen: Sequence[Deel] = (),
) -> Uitkomst:
    """Split a locatie along a line or by shapes; it ends, and its parts come in its place.

    Parameters
    ----------
    snede
        A line in RD through the locatie (left part first), or shapes in RD: one part per
        shape and one for the ground in none of them.
    delen
        What the person says of the parts, in that order; empty: everything by the rule.

    Raises
    ------
    ConflictError
        When the locatie changed since `versie`.
    LocatieError
        When the cut leaves it whole, or a given division does not add up.
    RegisterError
        When it is unknown or ended.
    """
    with register.writing(auteur, need_reason(reden)) as schrijver:
        rij = read_row(schrijver, id_)
        require_version(schrijver, rij, versie)
        geheel = omzetten.row_to_locatie(rij)
        kinderen = _make_parts(geheel, snede, delen)
        eerste = put_changed(
            schrijver,
            rij,
            end_with_lineage(geheel, schrijver, reden, [kind.id for kind in kinderen]),
            GESPLITST,
        )
        for kind in kinderen:
            put_new(schrijver, kind, UIT_SPLITSING)
    return Uitkomst(eerste, tuple(replace(kind, versie=1) for kind in kinderen))


def _make_parts(
    geheel: Locatie, snede: LineString | Sequence[Vlak], delen: Sequence[Deel]
) -> list[Locatie]:
    if isinstance(geheel.geometrie_rd, Point):
        raise LocatieError("een punt is niet te splitsen.", waar=geheel.naam)
    if isinstance(snede, LineString):
        vlakken = cut_by_line(geheel.geometrie_rd, snede, geheel.naam)
    else:
        vlakken = cut_by_shapes(geheel.geometrie_rd, snede, geheel.naam)
    if delen and len(delen) != len(vlakken):
        raise LocatieError(
            f"de snede geeft {len(vlakken)} delen, en er zijn er {len(delen)} beschreven.",
            waar=geheel.naam,
        )
    gekozen = delen or [Deel()] * len(vlakken)
    aantallen = _divide(geheel, gekozen, [vlak.area for vlak in vlakken])
    totalen = _divide_total(geheel, gekozen, [vlak.area for vlak in vlakken])
    kinderen = [
        replace(
            geheel,
            id=str(uuid4()),
            naam=deel.naam or f"{geheel.naam} (deel {nummer})",
            geometrie_rd=vlak,
            bron_id=f"{geheel.bron_id}#deel{nummer}",
            aantallen=aantallen[nummer - 1],
            woningen_totaal=totalen[nummer - 1],
            voorgangers=(geheel.id,),
            opvolgers=(),
            versie=0,
        )
        for nummer, (deel, vlak) in enumerate(zip(gekozen, vlakken, strict=True), start=1)
    ]
    for kind in kinderen:
        check_locatie(kind, geheel)
    return kinderen


def _divide(
    geheel: Locatie, delen: Sequence[Deel], gewichten: Sequence[float]
) -> Sequence[Aantallen]:
    gegeven = [deel.aantallen for deel in delen if deel.aantallen is not None]
    if not gegeven:
        return divide_counts(geheel.aantallen, gewichten)
    if len(gegeven) < len(delen):
        raise LocatieError("geef de aantallen van alle delen, of van geen.", waar=geheel.naam)
    require_sum(geheel.aantallen, gegeven, geheel.naam)
    return gegeven


def _divide_total(
    geheel: Locatie, delen: Sequence[Deel], gewichten: Sequence[float]
) -> Sequence[int | None]:
    if geheel.woningen_totaal is None:
        return [None] * len(delen)
    gegeven = [deel.woningen_totaal for deel in delen if deel.woningen_totaal is not None]
    if not gegeven:
        return divide_number(geheel.woningen_totaal, gewichten)
    if len(gegeven) < len(delen) or sum(gegeven) != geheel.woningen_totaal:
        raise LocatieError(
            f"het totaal aantal woningen van de delen is niet {geheel.woningen_totaal}.",
            waar=geheel.naam,
            herstel="Verdeel alle woningen, of laat het aan de oppervlakte over.",
        )
    return gegeven


def end_with_lineage(
    locatie: Locatie, schrijver: Schrijver, reden: str, opvolgers: list[str]
) -> Locatie:
    """Return a locatie as it ends: with the reason and what came in its place."""
    einde = Einde(local_date(schrijver.moment), reden)
    return replace(locatie, einde=einde, opvolgers=tuple(opvolgers))
