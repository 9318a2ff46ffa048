"""The columns of layer `locaties`: the provincie's own names where they exist.

Names and labels of Zuid-Holland's delivery schema: `plannaam`, `gemeente`,
`vertrouwelijkheid`, `plantype` and `status_planologisch` (VNG DIWI, export to the
provincie). What the provincie has no name for is named in the words of the akkoord.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from daeb_locaties.begrippen import Component, Maat
from daeb_locaties.model import Locatie, LocatieRegel
from daeb_locaties.uitvoer.kolom import Kolom

_BRUTO = frozenset({Component.NIEUWBOUW, Component.TRANSFORMATIE})
"""Gross capacity is what is built and transformed (VNG DIWI, `brutoPlancapaciteit`)."""

_SCHEIDING = "; "


def locatie_columns(peildatum: date) -> tuple[Kolom[LocatieRegel], ...]:
    """Give the columns of one row per locatie.

    Areas are rounded to 0,01 m2 and shares to six decimals: what lies below that is noise
    of the arithmetic. A point has no area: both area columns are null there.
    """
    return (*_identiteit(), *_status(), *_hardheid(), *_aantallen(), *_rest(peildatum))


def _identiteit() -> tuple[Kolom[LocatieRegel], ...]:
    return (
        Kolom("locatie_id", "tekst", lambda r: r.locatie.id),
        Kolom("plannaam", "tekst", lambda r: r.locatie.naam),
        Kolom("gemeente", "tekst", lambda r: r.koppeling.gemeentenaam),
        Kolom("gemeentecode", "tekst", lambda r: r.koppeling.gemeentecode),
        Kolom("gemeente_opgegeven", "tekst", lambda r: r.locatie.gemeente_opgegeven),
        Kolom("oppervlakte_m2", "getal", lambda r: _area(r.locatie, 1.0, 2)),
        Kolom("oppervlakte_ha", "getal", lambda r: _area(r.locatie, 10_000.0, 4)),
    )


def _status() -> tuple[Kolom[LocatieRegel], ...]:
    return (
        Kolom("status_planologisch", "tekst", lambda r: r.oordeel.planstatus.label),
        Kolom("planstatus_opgegeven", "tekst", lambda r: r.locatie.planstatus_opgegeven.value),
        Kolom("planstatus_afgeleid", "tekst", lambda r: r.oordeel.planstatus_afgeleid.value),
        Kolom("planstatus_bron", "tekst", lambda r: r.locatie.planstatus_tekst),
        Kolom("status_datum", "datum", lambda r: r.locatie.planstatus_datum),
        Kolom("besluit_planstatus", "tekst", lambda r: _besluit(r.locatie, "planstatus")),
        Kolom("besluit_reden", "tekst", lambda r: _besluit(r.locatie, "reden")),
        Kolom("besluit_datum", "datum", lambda r: _besluit(r.locatie, "datum")),
    )


def _hardheid() -> tuple[Kolom[LocatieRegel], ...]:
    return (
        Kolom("hard_zacht", "tekst", lambda r: r.oordeel.hardheid.value),
        Kolom("hardheid_regel", "tekst", lambda r: r.oordeel.regel),
        Kolom("hardheid_afleiding", "tekst", lambda r: r.oordeel.regel_afleiding),
        Kolom("hardheid_regelversie", "tekst", lambda r: r.oordeel.regelversie),
        Kolom("uitleg", "tekst", lambda r: r.oordeel.uitleg),
        Kolom("aandeel_hard", "getal", lambda r: round(r.oordeel.aandeel_hard, 6)),
        Kolom("aandeel_zacht", "getal", lambda r: round(r.oordeel.aandeel_zacht, 6)),
        Kolom("aandeel_onbekend", "getal", lambda r: round(r.oordeel.aandeel_onbekend, 6)),
        Kolom("aandeel_geen_plan", "getal", lambda r: round(r.oordeel.aandeel_geen_plan, 6)),
    )


def _aantallen() -> tuple[Kolom[LocatieRegel], ...]:
    return (
        Kolom("woningen_totaal", "geheel", lambda r: r.locatie.woningen_totaal),
        Kolom("daeb_bruto", "geheel", lambda r: _daeb(r.locatie, _BRUTO)),
        Kolom("daeb_sloop", "geheel", lambda r: _daeb(r.locatie, {Component.SLOOP})),
        Kolom("daeb_netto", "geheel", lambda r: r.locatie.netto(Maat.DAEB)),
        Kolom(
            "doelgroepvoorraad_netto", "geheel", lambda r: r.locatie.netto(Maat.DOELGROEPVOORRAAD)
        ),
        Kolom("bod_versie", "tekst", lambda r: r.koppeling.bod_versie),
        Kolom("telt_mee_in_bod", "ja_nee", lambda r: r.koppeling.telt_mee),
        Kolom("reden_telt_niet_mee", "tekst", lambda r: r.koppeling.reden),
        Kolom("dubbel_met", "tekst", lambda r: _list(r.dubbel_met)),
    )


def _rest(peildatum: date) -> tuple[Kolom[LocatieRegel], ...]:
    return (
        Kolom("signalen", "tekst", lambda r: _list(s.value for s in r.signalen)),
        Kolom("plantype", "tekst", lambda r: r.locatie.plantype),
        Kolom("corporatie", "tekst", lambda r: _list(r.locatie.corporaties)),
        Kolom("vertrouwelijkheid", "tekst", lambda r: r.locatie.vertrouwelijkheid),
        Kolom("bron", "tekst", lambda r: r.locatie.bron),
        Kolom("bron_id", "tekst", lambda r: r.locatie.bron_id),
        Kolom("peildatum", "datum", lambda _: peildatum),
    )


def _area(locatie: Locatie, eenheid_m2: float, decimalen: int) -> float | None:
    oppervlakte_m2 = locatie.oppervlakte_m2
    return None if oppervlakte_m2 is None else round(oppervlakte_m2 / eenheid_m2, decimalen)


def _daeb(locatie: Locatie, componenten: Iterable[Component]) -> int | None:
    """Sum the DAEB homes of some components; None where the source gives no DAEB number."""
    daeb = [a for a in locatie.aantallen if a.maat is Maat.DAEB]
    if not daeb:
        return None
    gezocht = frozenset(componenten)
    return sum(a.waarschijnlijk for a in daeb if a.component in gezocht)


def _besluit(locatie: Locatie, veld: str) -> object:
    """Give a field of the gemeente's decision; None where there is no decision."""
    return None if locatie.besluit is None else getattr(locatie.besluit, veld)


def _list(delen: Iterable[str]) -> str | None:
    """Join texts in one cell; None (null) where there are none."""
    return _SCHEIDING.join(delen) or None
