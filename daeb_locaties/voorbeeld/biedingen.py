"""The agreement and the bids: what the gemeenten promise, in two versions."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import openpyxl

from daeb_locaties.voorbeeld.locaties import Voorbeeldlocatie
from daeb_locaties.voorbeeld.namen import CORPORATIES, GEMEENTEN, HERINDELING, REGIO

KOP = (
    "gemeentecode",
    "gemeente",
    "versie",
    "datum",
    "component",
    "maat",
    "periode",
    "aantal",
    "toelichting",
    "handelingsperspectief",
    "bron",
)
BEGIN, EIND = 2021, 2030
ZONDER_BOD = 4
"""Index of the gemeente that has made no bod."""
ZONDER_TOELICHTING = 3
"""Index of the gemeente that brings nothing extra and does not explain it."""

_PERIODE = f"{BEGIN}-{EIND}"
_STEMPEL = datetime(2024, 1, 1)  # noqa: DTZ001  (a zip entry has no time zone)


@dataclass(frozen=True, slots=True)
class Bodregel:
    """One line of a bid file, in the order of `KOP`."""

    cellen: tuple[str | int, ...]


def make_biedingen(
    locaties: Sequence[Voorbeeldlocatie], gemeenten: int, versie: int
) -> list[Bodregel]:
    """Make the lines of one version: 0 is the bod, 1 the first aangescherpt bod.

    The promised numbers follow from what the locaties hold, so that a balans shows
    homes with and without a locatie. One gemeente sharpens nothing.
    """
    uit: list[Bodregel] = []
    for index in range(gemeenten):
        if index == ZONDER_BOD or (versie and index == 2):
            continue
        eigen = [plek for plek in locaties if plek.gemeente == index]
        nieuw = sum(sum(plek.daeb.values()) for plek in eigen)
        doel = sum(sum(plek.doelgroep.values()) for plek in eigen)
        sloop = sum(plek.sloop for plek in eigen)
        factor = (0.9, 1.15)[versie]
        if index == ZONDER_TOELICHTING:
            # As much comes down or is sold as is built.
            lijnen = [("nieuwbouw", "daeb", 40), ("sloop", "daeb", 25), ("verkoop", "daeb", 15)]
            lijnen += [("nieuwbouw", "doelgroepvoorraad", 40), ("sloop", "doelgroepvoorraad", 40)]
        else:
            lijnen = [
                ("nieuwbouw", "daeb", _tens(nieuw * factor)),
                ("sloop", "daeb", _tens(sloop * 1.1)),
                ("verkoop", "daeb", 10 + 5 * index),
                ("liberalisatie", "daeb", 5 * (2 - versie)),
                ("terug naar DAEB", "daeb", 10 * versie),
                ("nieuwbouw", "doelgroepvoorraad", _tens(doel * factor)),
                ("sloop", "doelgroepvoorraad", _tens(sloop * 1.1)),
            ]
        uit.extend(_lines(index, versie, lijnen))
    return uit


def _lines(index: int, versie: int, lijnen: Sequence[tuple[str, str, int]]) -> list[Bodregel]:
    gemeente = GEMEENTEN[index]
    naam = "bod" if versie == 0 else f"aangescherpt bod {versie}"
    datum = "2021-06-17" if versie == 0 else "2023-11-02"
    bron = f"Raadsbrief {gemeente.naam} {datum[:4]}"
    toelichting, perspectief = _explanation(index, versie)
    uit = []
    for nummer, (component, maat, aantal) in enumerate(lijnen):
        tekst = (toelichting, perspectief) if nummer == 0 else ("", "")
        kop = (gemeente.code, gemeente.naam, naam, datum)
        uit.append(Bodregel((*kop, component, maat, _PERIODE, aantal, *tekst, bron)))
    return uit


def _explanation(index: int, versie: int) -> tuple[str, str]:
    if index == ZONDER_TOELICHTING:
        return "", ""
    if versie == 0:
        return "Het bod volgt de locaties die het college in 2021 kende.", ""
    return (
        "Aangescherpt na het gesprek over de tussenstand.",
        "De gemeente zoekt met de corporatie naar een extra locatie binnen bestaand gebied.",
    )


def _tens(aantal: float) -> int:
    return int(round(aantal / 10) * 10)


def format_csv(regels: Sequence[Bodregel]) -> str:
    """Return the bids as text with semicolons."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\n")
    schrijver.writerow(KOP)
    schrijver.writerows(regel.cellen for regel in regels)
    return uit.getvalue()


def format_xlsx(regels: Sequence[Bodregel]) -> bytes:
    """Return the bids as a workbook, with the same bytes for the same lines."""
    werkmap = openpyxl.Workbook()
    blad = werkmap.active
    blad.title = "aangescherpt bod"
    blad.append(KOP)
    for regel in regels:
        blad.append(regel.cellen)
    ruw = io.BytesIO()
    werkmap.save(ruw)
    return _without_clock(ruw.getvalue())


def _without_clock(ruw: bytes) -> bytes:
    """Write a workbook's parts again with a fixed time: openpyxl stamps the clock."""
    moment = _STEMPEL.strftime("%Y-%m-%dT%H:%M:%SZ")
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ruw)) as oud, zipfile.ZipFile(uit, "w") as nieuw:
        for naam in sorted(oud.namelist()):
            inhoud = oud.read(naam)
            if naam == "docProps/core.xml":
                tekst = inhoud.decode("utf-8")
                inhoud = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment, tekst).encode()
            deel = zipfile.ZipInfo(naam, date_time=_STEMPEL.timetuple()[:6])
            deel.compress_type = zipfile.ZIP_DEFLATED
            deel.create_system = 3
            nieuw.writestr(deel, inhoud)
    return uit.getvalue()


def format_akkoord(locaties: Sequence[Voorbeeldlocatie], gemeenten: int) -> str:
    """Return `akkoord.toml`, explained in Dutch."""
    regels = [_AKKOORD_KOP.format(regio=REGIO, begin=BEGIN, eind=EIND)]
    for index in range(gemeenten):
        gemeente = GEMEENTEN[index]
        nieuw = sum(
            sum(plek.daeb.values()) - plek.sloop for plek in locaties if plek.gemeente == index
        )
        voorgangers = ", ".join(f'"{code}"' for code in HERINDELING.get(gemeente.code, ()))
        regels.append(
            "[[gemeenten]]\n"
            f'code = "{gemeente.code}"\n'
            f'naam = "{gemeente.naam}"\n'
            f"voorgangers = [{voorgangers}]\n"
            f"doel_referentie = {max(10, _tens(nieuw * 0.8))}\n"
            f"doel_meer_evenwicht = {max(20, _tens(nieuw * 1.3))}\n"
        )
    for nummer, naam in enumerate(CORPORATIES):
        codes = [GEMEENTEN[i].code for i in range(gemeenten) if (i - nummer) % 4 in {0, 1, 3}]
        lijst = ", ".join(f'"{code}"' for code in codes)
        regels.append(f'[[corporaties]]\nnaam = "{naam}"\ngemeenten = [{lijst}]\n')
    regels.append(_AKKOORD_STAART)
    return "\n".join(regels)


_AKKOORD_KOP = """\
# Het akkoord van de voorbeeldregio. Alles hierin is verzonnen: namen, codes en getallen.
# Pas dit bestand aan voor uw eigen regio; een fout wordt gemeld met regel en sleutel.

[akkoord]
naam = "Tussenakkoord {regio}"
status = "tussenakkoord"  # tussenakkoord of eindakkoord
begin = {begin}              # eerste jaar dat meetelt
eind = {eind}               # laatste jaar dat meetelt
vanaf = 2021-07-01        # de dag waarop dit akkoord ingaat
# Een eindakkoord zet u ernaast als akkoord-eind.toml, met status "eindakkoord" en een eigen
# 'vanaf'. Vanaf die dag gelden de cijfers daarvan; dit bestand blijft leesbaar.
maten = ["daeb", "doelgroepvoorraad"]
perioden = ["2021-2025", "2026-2030"]  # zo deelt de balans de jaren in

# Doelen in DAEB-woningen, netto over de hele periode. Voorgangers zijn de codes van
# gemeenten die door herindeling in deze gemeente zijn opgegaan.
"""

_AKKOORD_STAART = """\
# Welke planstatus hard is. Een andere regel krijgt een andere versie en datum; die staan
# bij elke uitkomst.
[hardheid]
versie = "DIWI"
datum = 2024-01-01
hard = ["1A", "1B", "2A", "2B"]
woon_hoofdgroepen = ["wonen", "woongebied"]                          # wonen mag rechtstreeks
mogelijk_hoofdgroepen = ["gemengd", "centrum"]                       # de planregels beslissen
bijbehorende_hoofdgroepen = ["tuin", "groen", "verkeer", "water"]    # hoort bij de woningen
bopa_verleend = "2A"         # een verleende omgevingsvergunning (BOPA) telt als deze klasse
bopa_onherroepelijk = "1A"   # en zo als zij onherroepelijk is; "onbekend" laat haar buiten beeld

# Drempels, als deel van de oppervlakte van een locatie (0 tot en met 1).
[drempels]
grenssnipper_aandeel = 0.02  # een kleiner deel in een buurgemeente telt niet
dubbel_aandeel = 0.10        # vanaf deze overlap zijn twee locaties mogelijk dubbel
gelijk_aandeel = 0.95        # vanaf deze overlap zijn twee vormen vrijwel gelijk
apart_aandeel = 0.50         # vanaf deze overlap telt een van de twee niet mee
klasse_aandeel = 0.05        # een kleiner stuk grond weegt niet mee in het oordeel
bestaand_aandeel = 0.50      # blijven er zoveel woningen staan (deel van wat u vraagt), dan kan
                             # een plan zonder maximum ook alleen het bestaande vastleggen
# Wat is een wezenlijke stap naar Meer Evenwicht? Dat is aan de regio; zonder deze regel
# wordt er niet op geoordeeld. Bijvoorbeeld: minstens de helft van het doel.
# wezenlijke_stap = 0.5

# De hoogste huur van een DAEB-woning per jaar, in euro per maand. Vul de vastgestelde
# bedragen in; planlijsten met huurklassen worden hiermee gelezen.
[prijsgrenzen]
# 2026 = 932.93

# Welke percelen woningen zouden kunnen dragen (daeb-locaties screening).
[screening]
min_oppervlakte_m2 = 250
min_woonaandeel = 0.5
"""
