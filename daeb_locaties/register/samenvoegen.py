"""Merging locaties: lineage is kept, homes add up, and nobody's data is lost in silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

import shapely
from shapely import MultiPolygon, Point, Polygon

from daeb_locaties.begrippen import Maat
from daeb_locaties.errors import LocatieError
from daeb_locaties.model import Locatie
from daeb_locaties.register import omzetten
from daeb_locaties.register.invoer import check_locatie
from daeb_locaties.register.register import Register
from daeb_locaties.register.schrijven import Auteur
from daeb_locaties.register.splitsen import end_with_lineage
from daeb_locaties.register.verdelen import add_counts, require_sum
from daeb_locaties.register.wijzigen import (
    Uitkomst,
    need_reason,
    put_changed,
    put_new,
    read_row,
    require_version,
)
from daeb_locaties.register.woorden import name_veld

SAMENGEVOEGD = "samengevoegd"
UIT_SAMENVOEGING = "uit samenvoeging"

# On these the merged locaties have to agree, or the person says what it becomes.
_EENS = (
    "gemeente_opgegeven",
    "plantype",
    "projectfase",
    "vertrouwelijkheid",
    "besluit",
)
_STATUS = (
    "planstatus_opgegeven",
    "planstatus_tekst",
    "planstatus_datum",
    "planstatus_herkomst",
)
_VRIJ = frozenset({"naam", "corporaties", "woningen_totaal", "aantallen", *_EENS, *_STATUS})


def merge_locaties(
    register: Register,
    versies: Mapping[str, int],
    auteur: Auteur,
    reden: str,
    velden: Mapping[str, Any] | None = None,
) -> Uitkomst:
    """Merge locaties into a new one; they end, and their homes are added up.

    Parameters
    ----------
    versies
        The version that was seen of each, by id; the first gives its name and source.
    velden
        What the new locatie gets, by attribute, where the merged ones differ; `naam` too.

    Raises
    ------
    ConflictError
        When one of them changed since.
    LocatieError
        When there are fewer than two, one is a point, or they differ in something that
        `velden` does not settle.
    """
    if len(versies) < 2:
        raise LocatieError("voor samenvoegen zijn ten minste twee locaties nodig.")
    with register.writing(auteur, need_reason(reden)) as schrijver:
        rijen = [read_row(schrijver, id_) for id_ in versies]
        for rij, versie in zip(rijen, versies.values(), strict=True):
            require_version(schrijver, rij, versie)
        ouders = [omzetten.row_to_locatie(rij) for rij in rijen]
        nieuw = _make_whole(ouders, velden or {})
        nummers = [
            put_changed(
                schrijver, rij, end_with_lineage(ouder, schrijver, reden, [nieuw.id]), SAMENGEVOEGD
            )
            for rij, ouder in zip(rijen, ouders, strict=True)
        ]
        put_new(schrijver, nieuw, UIT_SAMENVOEGING)
    return Uitkomst(nummers[0], (replace(nieuw, versie=1),))


def _make_whole(ouders: Sequence[Locatie], velden: Mapping[str, Any]) -> Locatie:
    vormen = [ouder.geometrie_rd for ouder in ouders]
    if any(isinstance(vorm, Point) for vorm in vormen):
        raise LocatieError("een punt is niet samen te voegen; teken er eerst een vlak van.")
    samen = shapely.union_all(vormen)
    _require_agreement(ouders, velden)
    gekozen = dict(velden)
    if "planstatus_opgegeven" in gekozen:
        # A chosen status does not borrow the date or the origin of another one.
        gekozen = dict.fromkeys(_STATUS) | gekozen
    nieuw = replace(
        ouders[0],
        id=str(uuid4()),
        geometrie_rd=MultiPolygon([samen]) if isinstance(samen, Polygon) else samen,
        bron_id=" + ".join(ouder.bron_id for ouder in ouders),
        corporaties=tuple(dict.fromkeys(c for ouder in ouders for c in ouder.corporaties)),
        aantallen=tuple(add_counts([ouder.aantallen for ouder in ouders]).values()),
        woningen_totaal=_sum_total(ouders),
        voorgangers=tuple(ouder.id for ouder in ouders),
        opvolgers=(),
        versie=0,
    )
    nieuw = replace(nieuw, **gekozen)
    check_locatie(nieuw)
    return nieuw


def _require_agreement(ouders: Sequence[Locatie], velden: Mapping[str, Any]) -> None:
    """Refuse when the merged differ in something that nobody settled, and name it."""
    vreemd = sorted(set(velden) - _VRIJ)
    if vreemd:
        raise LocatieError(f"deze velden zijn zo niet te kiezen: {', '.join(vreemd)}.")
    open_ = [name_veld(n) for n in _EENS if n not in velden and _differ(ouders, (n,))]
    if "planstatus_opgegeven" not in velden and _differ(ouders, _STATUS):
        open_.append(name_veld("planstatus"))
    if "woningen_totaal" not in velden and _half_known([o.woningen_totaal for o in ouders]):
        open_.append(name_veld("woningen_totaal"))
    halve_maten = [maat for maat in Maat if _half_known([o.netto(maat) for o in ouders])]
    if "aantallen" not in velden:
        open_ += [f"of de {maat.label} bekend zijn" for maat in halve_maten]
    elif not halve_maten:
        require_sum(
            tuple(add_counts([o.aantallen for o in ouders]).values()),
            [velden["aantallen"]],
            ouders[0].naam,
        )
    if open_:
        raise LocatieError(
            f"de locaties verschillen in {', '.join(open_)}.",
            waar=" + ".join(ouder.naam for ouder in ouders),
            herstel="Zeg wat voor de samengevoegde locatie geldt.",
        )


def _differ(ouders: Sequence[Locatie], namen: Sequence[str]) -> bool:
    return len({tuple(getattr(ouder, naam) for naam in namen) for ouder in ouders}) > 1


def _half_known(waarden: Sequence[int | None]) -> bool:
    """Whether some are known and some are not: adding up would make unknown into nought."""
    return 0 < sum(waarde is None for waarde in waarden) < len(waarden)


def _sum_total(ouders: Sequence[Locatie]) -> int | None:
    totalen = [ouder.woningen_totaal for ouder in ouders if ouder.woningen_totaal is not None]
    return sum(totalen) if len(totalen) == len(ouders) else None
