"""The tables beside the locaties: bewijs, aantallen, balans and verantwoording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from daeb_locaties.model import Aantal, Balans, Balansregel, Bewijs, LocatieRegel
from daeb_locaties.uitvoer.kolom import Kolom, to_table
from daeb_locaties.uitvoer.kop import Kop

_BEWIJS: tuple[Kolom[Bewijs], ...] = (
    Kolom("locatie_id", "tekst", lambda b: b.locatie_id),
    Kolom("idn", "tekst", lambda b: b.idn),
    Kolom("plannaam", "tekst", lambda b: b.plannaam),
    Kolom("type_plan", "tekst", lambda b: b.type_plan),
    Kolom("planstatus", "tekst", lambda b: b.planstatus),
    Kolom("dossierstatus", "tekst", lambda b: b.dossierstatus),
    Kolom("datum", "datum", lambda b: b.datum),
    Kolom("object_id", "tekst", lambda b: b.object_id),
    Kolom("naam", "tekst", lambda b: b.naam),
    Kolom("hoofdgroep", "tekst", lambda b: b.hoofdgroep),
    Kolom("klasse", "tekst", lambda b: b.klasse.value),
    Kolom("regel", "tekst", lambda b: b.regel),
    Kolom("oppervlakte_m2", "getal", lambda b: round(b.oppervlakte_m2, 2)),
    Kolom("aandeel", "getal", lambda b: round(b.aandeel, 6)),
    Kolom("momentopname", "tekst", lambda b: b.bron),
)

_AANTALLEN: tuple[Kolom[tuple[str, Aantal]], ...] = (
    Kolom("locatie_id", "tekst", lambda p: p[0]),
    Kolom("maat", "tekst", lambda p: p[1].maat.value),
    Kolom("component", "tekst", lambda p: p[1].component.value),
    Kolom("jaar", "geheel", lambda p: p[1].jaar),
    Kolom("minimum", "geheel", lambda p: p[1].minimum),
    Kolom("waarschijnlijk", "geheel", lambda p: p[1].waarschijnlijk),
    Kolom("maximum", "geheel", lambda p: p[1].maximum),
)

_BALANS: tuple[Kolom[tuple[str, Balansregel]], ...] = (
    Kolom("niveau", "tekst", lambda p: p[0]),
    Kolom("gemeentecode", "tekst", lambda p: p[1].gemeentecode),
    Kolom("naam", "tekst", lambda p: p[1].naam),
    Kolom("maat", "tekst", lambda p: p[1].maat.value),
    Kolom("bod_versie", "tekst", lambda p: p[1].bod_versie),
    Kolom("bod", "geheel", lambda p: p[1].bod),
    Kolom("hard", "geheel", lambda p: p[1].hard),
    Kolom("zacht", "geheel", lambda p: p[1].zacht),
    Kolom("onbekend", "geheel", lambda p: p[1].onbekend),
    Kolom("zonder_locatie", "geheel", lambda p: p[1].zonder_locatie),
    Kolom("boven_bod", "geheel", lambda p: p[1].boven_bod),
    Kolom("dubbel", "geheel", lambda p: p[1].dubbel),
    Kolom("doel_meer_evenwicht", "geheel", lambda p: p[1].doel),
    Kolom("stap", "getal", lambda p: None if p[1].stap is None else round(p[1].stap, 6)),
    Kolom("toelichting_nodig", "ja_nee", lambda p: p[1].toelichting_nodig),
    Kolom("toelichting_aanwezig", "ja_nee", lambda p: p[1].toelichting_aanwezig),
)


@dataclass(frozen=True, slots=True)
class _Verantwoording:
    """One thing that the export rests on."""

    onderwerp: str
    naam: str
    waarde: str


_VERANTWOORDING: tuple[Kolom[_Verantwoording], ...] = (
    Kolom("onderwerp", "tekst", lambda v: v.onderwerp),
    Kolom("naam", "tekst", lambda v: v.naam),
    Kolom("waarde", "tekst", lambda v: v.waarde),
)


def bewijs_table(bewijs: Sequence[Bewijs]) -> pd.DataFrame:
    """Give one row per plan object that a locatie stands on, linked by `locatie_id`."""
    return to_table(_BEWIJS, bewijs)


def aantallen_table(regels: Sequence[LocatieRegel]) -> pd.DataFrame:
    """Give one row per number of homes of a locatie; `jaar` null: no year is named."""
    paren = [(regel.locatie.id, aantal) for regel in regels for aantal in regel.locatie.aantallen]
    return to_table(_AANTALLEN, paren)


def balans_table(balans: Balans) -> pd.DataFrame:
    """Give one row per gemeente and one for the region, told apart by `niveau`."""
    paren = [("gemeente", regel) for regel in balans.gemeenten]
    return to_table(_BALANS, [*paren, ("regio", balans.regio)])


def verantwoording_table(kop: Kop, balans: Balans) -> pd.DataFrame:
    """Say what the export rests on: akkoord, bids, peildatum, rule and layer snapshots."""
    vast = [
        _Verantwoording("akkoord", "naam", kop.akkoord_naam),
        _Verantwoording("akkoord", "status", kop.akkoord_status),
        _Verantwoording("uitvoer", "peildatum", kop.peildatum.isoformat()),
        _Verantwoording("uitvoer", "coordinatenstelsel", "EPSG:28992"),
        _Verantwoording("uitvoer", "gemaakt met", f"daeb-locaties {kop.versie}"),
        _Verantwoording("hardheid", "regelversie", kop.regelversie),
    ]
    biedingen = [
        _Verantwoording("bod", _gemeente(regel), regel.bod_versie or "geen bod")
        for regel in balans.gemeenten
    ]
    opnamen = [_Verantwoording("momentopname", "", opname) for opname in kop.momentopnamen]
    return to_table(_VERANTWOORDING, [*vast, *biedingen, *opnamen])


def _gemeente(regel: Balansregel) -> str:
    return f"{regel.naam} ({regel.gemeentecode})" if regel.gemeentecode else regel.naam
