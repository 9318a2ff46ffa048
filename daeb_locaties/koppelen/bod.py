"""Whether the homes of a locatie count towards the bod of its gemeente, and if not, why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from daeb_locaties.akkoord import Akkoord
from daeb_locaties.begrippen import Maat, Planstatus, Reden, Signaal
from daeb_locaties.koppelen.gemeente import gemeente_signals
from daeb_locaties.model import Bod, GemeenteAandeel, Koppeling, Locatie, Oordeel


def current_biedingen(
    biedingen: Sequence[Bod], akkoord: Akkoord, tot_en_met: int | None = None
) -> dict[str, tuple[Bod, ...]]:
    """Return the newest version of each bod, by the gemeente's code of today.

    `tot_en_met` chooses older versions: the newest with at most that volgnummer (0 is the
    first bod). A gemeente that made a bod under its own code has one; a merged gemeente without one
    has the bids of its predecessors, to be added up.
    """
    nieuwste: dict[str, Bod] = {}
    for bod in sorted(biedingen, key=lambda b: (b.gemeentecode, b.volgnummer)):
        if tot_en_met is None or bod.volgnummer <= tot_en_met:
            nieuwste[bod.gemeentecode] = bod
    per_gemeente: dict[str, list[Bod]] = {}
    for code, bod in nieuwste.items():
        gemeente = akkoord.gemeente(code)
        per_gemeente.setdefault(gemeente.code if gemeente else code, []).append(bod)
    return {
        code: tuple(b for b in groep if b.gemeentecode == code) or tuple(groep)
        for code, groep in per_gemeente.items()
    }


def link_biedingen(
    locaties: Sequence[Locatie],
    oordelen: Mapping[str, Oordeel],
    aandelen: Mapping[str, tuple[GemeenteAandeel, ...]],
    biedingen: Mapping[str, Sequence[Bod]],
    akkoord: Akkoord,
    apart: Collection[str],
) -> list[Koppeling]:
    """Link every locatie; one Koppeling per locatie, in the same order.

    `oordelen` and `aandelen` are by locatie id; `apart` holds the ids whose homes are set
    aside as double.
    """
    return [
        link_bod(
            loc,
            oordelen[loc.id].planstatus,
            aandelen[loc.id],
            biedingen,
            akkoord,
            dubbel=loc.id in apart,
        )
        for loc in locaties
    ]


def link_bod(
    locatie: Locatie,
    planstatus: Planstatus,
    aandelen: tuple[GemeenteAandeel, ...],
    biedingen: Mapping[str, Sequence[Bod]],
    akkoord: Akkoord,
    *,
    dubbel: bool,
) -> Koppeling:
    """Link one locatie to its gemeente and bod.

    Parameters
    ----------
    locatie, planstatus
        The locatie and the planstatus of its verdict.
    aandelen
        Its gemeenten, largest share first; empty where none is known.
    biedingen
        The newest bids by gemeentecode.
    akkoord
        Period, gemeenten, and the classes that are no capacity.
    dubbel
        Whether its homes are set aside because another locatie already counts them.
    """
    gemeente = aandelen[0] if aandelen else None
    groep = biedingen.get(gemeente.gemeentecode, ()) if gemeente else ()
    reden = _why_not(locatie, planstatus, gemeente, groep, akkoord, dubbel=dubbel)
    signalen = list(gemeente_signals(locatie, aandelen))
    if locatie.netto(Maat.DAEB) is None:
        signalen.append(Signaal.DAEB_AANTAL_ONBEKEND)
    return Koppeling(
        locatie_id=locatie.id,
        gemeentecode=gemeente.gemeentecode if gemeente else None,
        gemeentenaam=gemeente.gemeentenaam if gemeente else None,
        aandelen=aandelen,
        bod_versie=groep[0].versie if groep else None,
        telt_mee=reden is None,
        reden=reden.label if reden else None,
        signalen=tuple(signalen),
        reden_code=reden,
    )


def _why_not(
    locatie: Locatie,
    planstatus: Planstatus,
    gemeente: GemeenteAandeel | None,
    groep: Sequence[Bod],
    akkoord: Akkoord,
    *,
    dubbel: bool,
) -> Reden | None:
    """Return the first reason that holds, in the order of the list below."""
    redenen = (
        (Reden.GEEN_GEMEENTE, gemeente is None),
        (
            Reden.BUITEN_AKKOORD,
            gemeente is not None
            and bool(akkoord.gemeenten)
            and akkoord.gemeente(gemeente.gemeentecode) is None,
        ),
        (Reden.DAEB_ONBEKEND, locatie.netto(Maat.DAEB) is None),
        (
            Reden.BUITEN_PERIODE,
            not any(a.maat is Maat.DAEB and akkoord.in_period(a.jaar) for a in locatie.aantallen),
        ),
        (Reden.GEEN_CAPACITEIT, planstatus in akkoord.hardheid.geen_capaciteit),
        (Reden.DUBBEL, dubbel),
        (Reden.GEEN_BOD, not groep),
    )
    return next((reden for reden, geldt in redenen if geldt), None)
