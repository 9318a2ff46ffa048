"""The balans: how much of each bod is covered by locaties, hard or zacht, to the last home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from daeb_locaties.akkoord import Akkoord
from daeb_locaties.balansposten import Post, Vak, add_posten, make_posten
from daeb_locaties.begrippen import Maat
from daeb_locaties.model import Balans, Balansregel, Bod, LocatieRegel


def compute_balans(
    regels: Sequence[LocatieRegel],
    biedingen: Mapping[str, Sequence[Bod]],
    akkoord: Akkoord,
    *,
    maat: Maat = Maat.DAEB,
    posten: Sequence[Post] | None = None,
    namen: Mapping[str, str] | None = None,
) -> Balans:
    """Return the balans in net homes of a measure, per gemeente and for the region.

    Parameters
    ----------
    regels
        All locaties with their link and verdict.
    biedingen
        The bids that count, by gemeentecode.
    akkoord
        Gemeenten, targets, period and thresholds. Without gemeenten in the akkoord every
        gemeente with a bod or a locatie has a row.
    maat
        The measure. Targets are in DAEB homes: for another measure `doel` is None.
    posten
        Those of `make_posten` where the caller has them; None to make them of `regels`.
    namen
        The gemeenten with locaties, code to name; None to find them in `regels`.

    Returns
    -------
    Balans
        Rows ordered by name; the region is the sum of its rows.
    """
    alle = make_posten(regels, akkoord) if posten is None else posten
    rijnamen = _names(regels if namen is None else namen, biedingen, akkoord)
    som = add_posten((p for p in alle if p.maat is maat), lambda post: post.gemeentecode)
    rijen = tuple(
        _row(code, naam, som.get(code, Counter()), biedingen.get(code, ()), akkoord, maat)
        for code, naam in sorted(rijnamen.items(), key=lambda n: (n[1], n[0]))
    )
    return Balans(rijen, _region(rijen, maat))


def _names(
    waar: Sequence[LocatieRegel] | Mapping[str, str],
    biedingen: Mapping[str, Sequence[Bod]],
    akkoord: Akkoord,
) -> dict[str, str]:
    """Return the gemeenten that have a row, code to name."""
    if akkoord.gemeenten:
        return {g.code: g.naam for g in akkoord.gemeenten}
    if not isinstance(waar, Mapping):
        waar = {
            r.koppeling.gemeentecode: r.koppeling.gemeentenaam or r.koppeling.gemeentecode
            for r in waar
            if r.koppeling.gemeentecode
        }
    return {code: groep[0].gemeentenaam for code, groep in biedingen.items()} | dict(waar)


def _row(
    code: str, naam: str, som: Counter[Vak], groep: Sequence[Bod], akkoord: Akkoord, maat: Maat
) -> Balansregel:
    bod = sum(b.netto(maat) for b in groep) if groep else None
    geteld = sum(aantal for vak, aantal in som.items() if vak.telt)
    gemeente = akkoord.gemeente(code) if maat is Maat.DAEB else None
    doel = gemeente.doel_meer_evenwicht if gemeente else None
    stap = bod / doel if bod is not None and doel else None
    return Balansregel(
        gemeentecode=code,
        naam=naam,
        maat=maat,
        bod_versie=groep[0].versie if groep else None,
        bod=bod,
        hard=som[Vak.HARD],
        zacht=som[Vak.ZACHT],
        onbekend=som[Vak.ONBEKEND],
        zonder_locatie=max(0, (bod or 0) - geteld),
        boven_bod=max(0, geteld - (bod or 0)),
        dubbel=som[Vak.DUBBEL],
        doel=doel,
        stap=stap,
        toelichting_nodig=_needs_toelichting(groep, stap, akkoord),
        toelichting_aanwezig=any(b.toelichting or b.handelingsperspectief for b in groep),
        buiten_periode=som[Vak.BUITEN_PERIODE],
        geen_capaciteit=som[Vak.GEEN_CAPACITEIT],
    )


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


def _region(rijen: Sequence[Balansregel], maat: Maat) -> Balansregel:
    biedingen = [r.bod for r in rijen if r.bod is not None]
    doelen = [r.doel for r in rijen if r.doel is not None]
    bod = sum(biedingen) if biedingen else None
    doel = sum(doelen) if doelen and len(doelen) == len(rijen) else None
    return Balansregel(
        gemeentecode=None,
        naam="Regio",
        maat=maat,
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
