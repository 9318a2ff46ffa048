"""One locatie as the panel shows it: the verdict, its evidence, its bod and its signals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from daeb_locaties.begrippen import Begrip, Maat
from daeb_locaties.hardheid.regels import REGELS
from daeb_locaties.model import Aantal, Bewijs, Bod, Locatie, LocatieRegel, Oordeel


def describe_locatie(
    regel: LocatieRegel,
    bewijs: Sequence[Bewijs],
    biedingen: Sequence[Bod],
    namen: dict[str, str],
) -> dict[str, Any]:
    """Put everything that is known of a locatie in one JSON-ready mapping.

    Parameters
    ----------
    regel
        The row of the list.
    bewijs
        Its evidence, largest share first.
    biedingen
        All bids; the one that the locatie is linked to is picked from them.
    namen
        Names by id of the locaties that it may be double with.

    Returns
    -------
    dict
        Numbers plain, areas in m2, shares 0..1, dates as ISO text, None for not known.
    """
    return {
        **_describe_bron(regel.locatie),
        "gemeentecode": regel.koppeling.gemeentecode,
        "gemeentenaam": regel.koppeling.gemeentenaam,
        "gemeenteaandelen": [
            {"gemeentenaam": deel.gemeentenaam, "aandeel": deel.aandeel}
            for deel in regel.koppeling.aandelen
        ],
        "oordeel": _describe_oordeel(regel.oordeel),
        "bewijs": [_describe_bewijs(rij) for rij in bewijs],
        "bod": _describe_bod(regel, biedingen),
        "signalen": [describe_begrip(signaal) for signaal in regel.signalen],
        "dubbel_met": [
            {"id": ander, "naam": namen.get(ander, ander)} for ander in regel.dubbel_met
        ],
    }


def describe_begrip(begrip: Begrip) -> dict[str, str]:
    """Return code, label and definition of a word."""
    return {"code": begrip.value, "label": begrip.label, "definitie": begrip.definitie}


def _describe_bron(locatie: Locatie) -> dict[str, Any]:
    besluit = locatie.besluit
    return {
        "id": locatie.id,
        "naam": locatie.naam,
        "bron": locatie.bron,
        "bron_id": locatie.bron_id,
        "gemeente_opgegeven": locatie.gemeente_opgegeven,
        "corporaties": list(locatie.corporaties),
        "versie": locatie.versie,
        "plantype": locatie.plantype,
        "projectfase": locatie.projectfase,
        "vertrouwelijkheid": locatie.vertrouwelijkheid,
        "oppervlakte_m2": locatie.oppervlakte_m2,
        "daeb_netto": locatie.netto(Maat.DAEB),
        "woningen_totaal": locatie.woningen_totaal,
        "aantallen": [_describe_aantal(aantal) for aantal in locatie.aantallen],
        "planstatus_opgegeven": describe_begrip(locatie.planstatus_opgegeven),
        "planstatus_tekst": locatie.planstatus_tekst,
        "planstatus_datum": _iso(locatie.planstatus_datum),
        "planstatus_herkomst": locatie.planstatus_herkomst,
        "besluit": besluit
        and {
            "planstatus": describe_begrip(besluit.planstatus),
            "reden": besluit.reden,
            "datum": _iso(besluit.datum),
        },
    }


def _describe_aantal(aantal: Aantal) -> dict[str, Any]:
    return {
        "component": aantal.component.value,
        "teken": aantal.component.teken,
        "maat": aantal.maat.value,
        "jaar": aantal.jaar,
        "waarschijnlijk": aantal.waarschijnlijk,
        "minimum": aantal.minimum,
        "maximum": aantal.maximum,
    }


def _describe_oordeel(oordeel: Oordeel) -> dict[str, Any]:
    return {
        "hardheid": describe_begrip(oordeel.hardheid),
        "planstatus": describe_begrip(oordeel.planstatus),
        "planstatus_afgeleid": describe_begrip(oordeel.planstatus_afgeleid),
        "uitleg": oordeel.uitleg,
        "regels": [
            _describe_regel(code) for code in (oordeel.regel_afleiding, oordeel.regel) if code
        ],
        "regelversie": oordeel.regelversie,
        "aandelen": {
            "hard": oordeel.aandeel_hard,
            "zacht": oordeel.aandeel_zacht,
            "onbekend": oordeel.aandeel_onbekend,
            "geen_plan": oordeel.aandeel_geen_plan,
        },
    }


def _describe_bewijs(rij: Bewijs) -> dict[str, Any]:
    return {
        "idn": rij.idn,
        "plannaam": rij.plannaam,
        "type_plan": rij.type_plan,
        "planstatus": rij.planstatus,
        "dossierstatus": rij.dossierstatus,
        "datum": _iso(rij.datum),
        "naam": rij.naam,
        "hoofdgroep": rij.hoofdgroep,
        "klasse": describe_begrip(rij.klasse),
        "regel": _describe_regel(rij.regel),
        "oppervlakte_m2": rij.oppervlakte_m2,
        "aandeel": rij.aandeel,
        "bron": rij.bron,
    }


def _describe_regel(code: str) -> dict[str, str]:
    """Return a rule with its words; a code of an older rule set keeps only its code."""
    regel = REGELS.get(code)
    return {
        "code": code,
        "titel": regel.titel if regel else "",
        "uitleg": regel.uitleg if regel else "",
    }


def _describe_bod(regel: LocatieRegel, biedingen: Sequence[Bod]) -> dict[str, Any]:
    koppeling = regel.koppeling
    bod = next(
        (
            b
            for b in biedingen
            if b.gemeentecode == koppeling.gemeentecode and b.versie == koppeling.bod_versie
        ),
        None,
    )
    return {
        "versie": koppeling.bod_versie,
        "telt_mee": koppeling.telt_mee,
        "reden": koppeling.reden,
        "datum": _iso(bod.datum) if bod else None,
        "bron": bod.bron if bod else None,
        "daeb_netto": bod.netto(Maat.DAEB) if bod else None,
        "toelichting": bod.toelichting if bod else None,
        "handelingsperspectief": bod.handelingsperspectief if bod else None,
    }


def _iso(waarde: Any) -> str | None:
    return waarde.isoformat() if waarde else None
