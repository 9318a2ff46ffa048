"""The JSON documents of the command line, as `ontwerp.md` section 4 gives them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from daeb_locaties.begrippen import Maat
from daeb_locaties.bodversies import Bodverschil
from daeb_locaties.model import Balansregel, Bod, Dubbelpaar, LocatieRegel
from daeb_locaties.verschil import Oordeelverschil
from kaartlagen.controles import Bevinding
from kaartlagen.inname import Inname
from kaartlagen.momentopname import Momentopname


def bevinding(bev: Bevinding) -> dict[str, Any]:
    """Return a finding."""
    return {
        "code": bev.code,
        "niveau": bev.niveau,
        "aantal": bev.aantal,
        "uitleg": bev.uitleg,
        "voorbeelden": list(bev.voorbeelden),
    }


def inname(laag: Inname) -> dict[str, Any]:
    """Return what reading one layer did."""
    return {
        "laag": laag.laag,
        "soort": laag.soort,
        "bestand": str(laag.bestand),
        "peildatum": laag.peildatum.isoformat() if laag.peildatum else None,
        "gelezen": laag.gelezen,
        "opgenomen": laag.opgenomen,
        "geweigerd": laag.geweigerd,
        "hersteld": laag.hersteld,
        "crs_bron": laag.crs_bron,
        "omzetting": laag.omzetting,
        "bbox_rd": list(laag.bbox_rd) if laag.bbox_rd else None,
        "oppervlakte_m2": laag.oppervlakte_m2,
        "bevindingen": [bevinding(b) for b in laag.bevindingen],
    }


def momentopname(opname: Momentopname) -> dict[str, Any]:
    """Return a stored layer snapshot."""
    herkomst = opname.herkomst
    return {
        "id": opname.id,
        "laag": opname.laag,
        "soort": herkomst.soort,
        "vorm": herkomst.vorm,
        "bron": herkomst.bron,
        "bestand": herkomst.bestand,
        "sha256": herkomst.sha256,
        "peildatum": herkomst.peildatum.isoformat() if herkomst.peildatum else None,
        "ingelezen_op": herkomst.ingelezen_op.isoformat(),
        "eigenaar": herkomst.eigenaar,
        "licentie": herkomst.licentie,
        "url": herkomst.url,
        "leesregels": herkomst.versie,
        "controles": herkomst.controles,
        "gereedschap": herkomst.gereedschap,
        "crs_bron": herkomst.crs_bron,
        "omzetting": herkomst.omzetting,
        "aantal": opname.aantal,
        "bbox_rd": list(opname.bbox_rd) if opname.bbox_rd else None,
        "oppervlakte_m2": opname.oppervlakte_m2,
    }


def locatie(regel: LocatieRegel) -> dict[str, Any]:
    """Return one row of `locatie lijst`."""
    loc, koppeling, oordeel = regel.locatie, regel.koppeling, regel.oordeel
    return {
        "id": loc.id,
        "naam": loc.naam,
        "gemeentecode": koppeling.gemeentecode,
        "gemeentenaam": koppeling.gemeentenaam,
        "gemeente_opgegeven": loc.gemeente_opgegeven,
        "planstatus_opgegeven": loc.planstatus_opgegeven.value,
        "planstatus_afgeleid": oordeel.planstatus_afgeleid.value,
        "planstatus": oordeel.planstatus.value,
        "hardheid": oordeel.hardheid.value,
        "regel": oordeel.regel,
        "regel_afleiding": oordeel.regel_afleiding,
        "regelversie": oordeel.regelversie,
        "uitleg": oordeel.uitleg,
        "aandeel_hard": oordeel.aandeel_hard,
        "aandeel_zacht": oordeel.aandeel_zacht,
        "aandeel_onbekend": oordeel.aandeel_onbekend,
        "aandeel_geen_plan": oordeel.aandeel_geen_plan,
        "bod_versie": koppeling.bod_versie,
        "telt_mee": koppeling.telt_mee,
        "reden": koppeling.reden,
        "daeb_netto": loc.netto(Maat.DAEB),
        "woningen_totaal": loc.woningen_totaal,
        "oppervlakte_m2": loc.oppervlakte_m2,
        "corporaties": list(loc.corporaties),
        "dubbel_met": list(regel.dubbel_met),
        "signalen": [s.value for s in regel.signalen],
    }


def balansregel(rij: Balansregel) -> dict[str, Any]:
    """Return one row of the balans."""
    return asdict(rij) | {"maat": rij.maat.value}


def bod(versie: Bod) -> dict[str, Any]:
    """Return one version of a bod with its lines."""
    return {
        "gemeentecode": versie.gemeentecode,
        "gemeentenaam": versie.gemeentenaam,
        "versie": versie.versie,
        "datum": versie.datum.isoformat() if versie.datum else None,
        "bron": versie.bron,
        "toelichting": versie.toelichting,
        "handelingsperspectief": versie.handelingsperspectief,
        "netto": {maat.value: versie.netto(maat) for maat in Maat},
        "regels": [
            {
                "component": regel.component.value,
                "maat": regel.maat.value,
                "periode": regel.periode,
                "aantal": regel.aantal,
            }
            for regel in versie.regels
        ],
    }


def bodverschil(verschil: Bodverschil) -> dict[str, Any]:
    """Return what changed between two versions of a bod."""
    return {
        "gemeentecode": verschil.nieuw.gemeentecode,
        "gemeentenaam": verschil.nieuw.gemeentenaam,
        "van": verschil.oud.versie,
        "naar": verschil.nieuw.versie,
        "regels": [
            {
                "component": regel.component.value,
                "maat": regel.maat.value,
                "periode": regel.periode,
                "oud": regel.oud,
                "nieuw": regel.nieuw,
                "verschil": regel.verschil,
            }
            for regel in verschil.regels
        ],
        "netto": {
            maat.value: {"oud": oud, "nieuw": nieuw, "verschil": nieuw - oud}
            for maat, oud, nieuw in verschil.netto
        },
        "toelichting": {"oud": verschil.oud.toelichting, "nieuw": verschil.nieuw.toelichting},
        "handelingsperspectief": {
            "oud": verschil.oud.handelingsperspectief,
            "nieuw": verschil.nieuw.handelingsperspectief,
        },
    }


def oordeelverschil(verschil: Oordeelverschil) -> dict[str, Any]:
    """Return how the verdict on one locatie changed."""
    return {
        "locatie_id": verschil.locatie.id,
        "naam": verschil.locatie.naam,
        "uitleg": verschil.zin,
        **{
            wanneer: {
                "hardheid": oordeel.hardheid.value,
                "planstatus": oordeel.planstatus.value,
                "planstatus_afgeleid": oordeel.planstatus_afgeleid.value,
                "regel": oordeel.regel,
            }
            for wanneer, oordeel in (("oud", verschil.oud), ("nieuw", verschil.nieuw))
        },
        "plannen_gekomen": [rij.idn for rij in verschil.gekomen],
        "plannen_gegaan": [rij.idn for rij in verschil.gegaan],
    }


def dubbelpaar(paar: Dubbelpaar) -> dict[str, Any]:
    """Return one suspected pair."""
    return asdict(paar)
