"""The balans: how much of each bod is covered by locaties, hard or zacht, to the last home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from daeb_locaties.akkoord import Akkoord
from daeb_locaties.begrippen import Hardheid, Maat, Reden
from daeb_locaties.koppelen.bod import daeb_in_period
from daeb_locaties.model import Balans, Balansregel, Bod, LocatieRegel

# Homes that would count, were there a bod to count them in.
_GETELD = frozenset({None, Reden.GEEN_BOD})


def compute_balans(
    regels: Sequence[LocatieRegel], biedingen: Mapping[str, Sequence[Bod]], akkoord: Akkoord
) -> Balans:
    """Return the balans in net DAEB homes, per gemeente and for the region.

    Parameters
    ----------
    regels
        All locaties with their link and verdict.
    biedingen
        The newest bids by gemeentecode.
    akkoord
        Gemeenten, targets, period and thresholds. Without gemeenten in the akkoord every
        gemeente with a bod or a locatie has a row.

    Returns
    -------
    Balans
        Rows ordered by name; the region is the sum of its rows.
    """
    namen = {g.code: g.naam for g in akkoord.gemeenten}
    if not namen:
        namen = {code: groep[0].gemeentenaam for code, groep in biedingen.items()}
        namen |= {
            r.koppeling.gemeentecode: r.koppeling.gemeentenaam or r.koppeling.gemeentecode
            for r in regels
            if r.koppeling.gemeentecode
        }
    rijen = tuple(
        _row(code, naam, regels, biedingen.get(code, ()), akkoord)
        for code, naam in sorted(namen.items(), key=lambda n: (n[1], n[0]))
    )
    return Balans(rijen, _region(rijen))


def _row(
    code: str,
    naam: str,
    regels: Sequence[LocatieRegel],
    groep: Sequence[Bod],
    akkoord: Akkoord,
) -> Balansregel:
    eigen = [r for r in regels if r.koppeling.gemeentecode == code]
    geteld = [r for r in eigen if r.koppeling.reden_code in _GETELD]
    per_hardheid = {
        h: sum(_homes(r, akkoord) for r in geteld if r.oordeel.hardheid is h) for h in Hardheid
    }
    bod = sum(b.netto(Maat.DAEB) for b in groep) if groep else None
    gemeente = akkoord.gemeente(code)
    doel = gemeente.doel_meer_evenwicht if gemeente else None
    stap = bod / doel if bod is not None and doel else None
    return Balansregel(
        gemeentecode=code,
        naam=naam,
        maat=Maat.DAEB,
        bod_versie=groep[0].versie if groep else None,
        bod=bod,
        hard=per_hardheid[Hardheid.HARD],
        zacht=per_hardheid[Hardheid.ZACHT],
        onbekend=per_hardheid[Hardheid.ONBEKEND],
        zonder_locatie=max(0, (bod or 0) - sum(per_hardheid.values())),
        boven_bod=max(0, sum(per_hardheid.values()) - (bod or 0)),
        dubbel=_aside(eigen, Reden.DUBBEL, akkoord),
        doel=doel,
        stap=stap,
        toelichting_nodig=_needs_toelichting(groep, stap, akkoord),
        toelichting_aanwezig=any(b.toelichting or b.handelingsperspectief for b in groep),
        buiten_periode=sum(_outside(r, akkoord) for r in eigen),
        geen_capaciteit=_aside(eigen, Reden.GEEN_CAPACITEIT, akkoord),
    )


def _homes(regel: LocatieRegel, akkoord: Akkoord) -> int:
    return daeb_in_period(regel.locatie, akkoord) or 0


def _aside(regels: Sequence[LocatieRegel], reden: Reden, akkoord: Akkoord) -> int:
    return sum(_homes(r, akkoord) for r in regels if r.koppeling.reden_code is reden)


def _outside(regel: LocatieRegel, akkoord: Akkoord) -> int:
    return (regel.locatie.netto(Maat.DAEB) or 0) - _homes(regel, akkoord)


def _needs_toelichting(groep: Sequence[Bod], stap: float | None, akkoord: Akkoord) -> bool:
    """Whether the bod brings no extra doelgroepvoorraad, or no real step (if that is agreed).

    A bod without lines on the doelgroepvoorraad is judged by DAEB, which is part of it.
    """
    if not groep:
        return False
    regels = [r for b in groep for r in b.regels]
    maat = (
        Maat.DOELGROEPVOORRAAD
        if any(r.maat is Maat.DOELGROEPVOORRAAD for r in regels)
        else Maat.DAEB
    )
    extra = sum(b.netto(maat) for b in groep)
    grens = akkoord.drempels.wezenlijke_stap
    return extra <= 0 or (grens is not None and stap is not None and stap < grens)


def _region(rijen: Sequence[Balansregel]) -> Balansregel:
    biedingen = [r.bod for r in rijen if r.bod is not None]
    doelen = [r.doel for r in rijen if r.doel is not None]
    bod = sum(biedingen) if biedingen else None
    doel = sum(doelen) if doelen and len(doelen) == len(rijen) else None
    return Balansregel(
        gemeentecode=None,
        naam="Regio",
        maat=Maat.DAEB,
        bod_versie=None,
        bod=bod,
        hard=sum(r.hard for r in rijen),
        zacht=sum(r.zacht for r in rijen),
        onbekend=sum(r.onbekend for r in rijen),
        zonder_locatie=sum(r.zonder_locatie for r in rijen),
        boven_bod=sum(r.boven_bod for r in rijen),
        dubbel=sum(r.dubbel for r in rijen),
        doel=doel,
        stap=bod / doel if bod is not None and doel else None,
        toelichting_nodig=any(r.toelichting_nodig for r in rijen),
        toelichting_aanwezig=all(r.toelichting_aanwezig for r in rijen if r.toelichting_nodig),
        buiten_periode=sum(r.buiten_periode for r in rijen),
        geen_capaciteit=sum(r.geen_capaciteit for r in rijen),
    )
