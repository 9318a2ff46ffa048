"""Reading `akkoord.toml`: every table to its dataclass, wrong values named with their line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from daeb_locaties.akkoord.inhoud import (
    STATUSSEN,
    Akkoord,
    AkkoordGemeente,
    Corporatie,
    Drempels,
    Hardheidsregel,
    Periode,
    Screeningsregel,
)
from daeb_locaties.akkoord.plaats import Plek
from daeb_locaties.akkoord.tabel import Bron, Tabel
from daeb_locaties.begrippen import Maat, Planstatus
from daeb_locaties.errors import AkkoordError

_TABELLEN = frozenset(
    {"akkoord", "gemeenten", "corporaties", "hardheid", "drempels", "screening", "prijsgrenzen"}
)
_PERIODE = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")


def read_akkoord(pad: Path) -> Akkoord:
    """Read `akkoord.toml`; a project without the file gets the defaults.

    Raises
    ------
    AkkoordError
        When the file is no TOML, misses a needed key, holds an unknown one, or names an
        unknown code; the message names the line and the key.
    """
    if not pad.exists():
        return Akkoord()
    try:
        tekst = pad.read_text(encoding="utf-8")
        inhoud = tomllib.loads(tekst)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fout:
        raise AkkoordError(
            f"het bestand is geen geldige TOML ({fout}).",
            waar=str(pad),
            herstel="Verbeter de genoemde regel en probeer het opnieuw.",
        ) from fout
    bron = Bron(pad, tekst)
    akkoord = _akkoord(bron, inhoud)
    for naam in sorted(set(inhoud) - _TABELLEN):
        verwacht = ", ".join(sorted(_TABELLEN))
        raise bron.fout(Plek(naam), None, f"de tabel [{naam}] bestaat niet", verwacht)
    _check_codes(bron, akkoord)
    return akkoord


def parse_periode(tekst: str) -> Periode | None:
    """Read ``2021-2025`` or ``2026``; None for anything else, or an end before its begin."""
    treffer = _PERIODE.fullmatch(tekst.strip())
    if treffer is None:
        return None
    begin = int(treffer.group(1))
    eind = int(treffer.group(2) or begin)
    return Periode(begin, eind) if eind >= begin else None


def _akkoord(bron: Bron, inhoud: Mapping[str, Any]) -> Akkoord:
    kop = _table(bron, inhoud, "akkoord", required=True)
    kop.require_known({"naam", "status", "begin", "eind", "vanaf", "maten", "perioden"})
    status = kop.text("status")
    if status not in STATUSSEN:
        raise kop.fout("status", f"'{status}' is geen status", " of ".join(STATUSSEN))
    begin, eind = kop.number("begin"), kop.number("eind")
    if begin and eind and begin > eind:
        raise kop.fout("eind", "het eind ligt voor het begin", "een later jaar")
    gemeenten = _tables(bron, inhoud, "gemeenten")
    corporaties = _tables(bron, inhoud, "corporaties")
    return Akkoord(
        naam=kop.text("naam"),
        status=status,
        begin=begin,
        eind=eind,
        vanaf=kop.date("vanaf"),
        maten=_maten(kop),
        perioden=_perioden(kop),
        prijsgrenzen=_prijsgrenzen(_table(bron, inhoud, "prijsgrenzen")),
        gemeenten=tuple(map(_gemeente, gemeenten)),
        corporaties=tuple(map(_corporatie, corporaties)),
        hardheid=_hardheidsregel(_table(bron, inhoud, "hardheid")),
        drempels=_drempels(_table(bron, inhoud, "drempels")),
        screening=_screeningsregel(_table(bron, inhoud, "screening")),
        aanwezig=True,
    )


def _table(bron: Bron, inhoud: Mapping[str, Any], naam: str, *, required: bool = False) -> Tabel:
    waarde = inhoud.get(naam, None if required else {})
    if not isinstance(waarde, dict):
        raise bron.fout(Plek(naam), None, f"de tabel [{naam}] ontbreekt", f"een tabel [{naam}]")
    return Tabel(bron, Plek(naam), waarde)


def _tables(bron: Bron, inhoud: Mapping[str, Any], naam: str) -> list[Tabel]:
    waarde = inhoud.get(naam, [])
    if not isinstance(waarde, list) or not all(isinstance(w, dict) for w in waarde):
        raise bron.fout(Plek(naam), None, f"'{naam}' is geen lijst van tabellen", f"[[{naam}]]")
    return [Tabel(bron, Plek(naam, nummer), deel) for nummer, deel in enumerate(waarde)]


def _maten(kop: Tabel) -> tuple[Maat, ...]:
    if "maten" not in kop:
        return tuple(Maat)
    bekend = {maat.value: maat for maat in Maat}
    for naam in kop.texts("maten"):
        if naam not in bekend:
            raise kop.fout("maten", f"'{naam}' is geen maat", ", ".join(bekend))
    return tuple(maat for maat in Maat if maat.value in kop.texts("maten"))


def _perioden(kop: Tabel) -> tuple[Periode, ...]:
    """Read the periods; they follow each other, so that a year lies in one at most."""
    perioden: list[Periode] = []
    for tekst in kop.texts("perioden"):
        periode = parse_periode(tekst)
        if periode is None:
            raise kop.fout("perioden", f"'{tekst}' is geen periode", "bijvoorbeeld 2021-2025")
        if perioden and periode.begin <= perioden[-1].eind:
            raise kop.fout("perioden", f"'{tekst}' overlapt de vorige", "perioden na elkaar")
        perioden.append(periode)
    return tuple(perioden)


def _prijsgrenzen(tabel: Tabel) -> Mapping[int, float]:
    grenzen = {}
    for jaar in tabel.waarden:
        if not re.fullmatch(r"\d{4}", jaar):
            raise tabel.fout(jaar, f"'{jaar}' is geen jaar", "bijvoorbeeld 2025 = 900.07")
        grenzen[int(jaar)] = tabel.amount(jaar) or 0.0
    return MappingProxyType(grenzen)


def _gemeente(tabel: Tabel) -> AkkoordGemeente:
    tabel.require_known({"code", "naam", "voorgangers", "doel_referentie", "doel_meer_evenwicht"})
    code = tabel.text("code")
    for lid in (code, *tabel.texts("voorgangers")):
        if not re.fullmatch(r"\d{4}", lid):
            sleutel = "code" if lid == code else "voorgangers"
            raise tabel.fout(sleutel, f"'{lid}' is geen gemeentecode", "vier cijfers")
    return AkkoordGemeente(
        code=code,
        naam=tabel.text("naam"),
        voorgangers=tabel.texts("voorgangers"),
        doel_referentie=tabel.number("doel_referentie"),
        doel_meer_evenwicht=tabel.number("doel_meer_evenwicht"),
    )


def _corporatie(tabel: Tabel) -> Corporatie:
    tabel.require_known({"naam", "gemeenten"})
    return Corporatie(tabel.text("naam"), tabel.texts("gemeenten"))


def _hardheidsregel(tabel: Tabel) -> Hardheidsregel:
    basis = Hardheidsregel()
    groepen = ("woon_hoofdgroepen", "mogelijk_hoofdgroepen", "bijbehorende_hoofdgroepen")
    bopa = ("bopa_verleend", "bopa_onherroepelijk")
    tabel.require_known({"versie", "datum", "hard", "geen_capaciteit", *groepen, *bopa})
    woon, mogelijk, bijbehorend = (
        frozenset(tabel.texts(naam)) if naam in tabel else getattr(basis, naam) for naam in groepen
    )
    return Hardheidsregel(
        versie=tabel.text("versie") if "versie" in tabel else basis.versie,
        datum=tabel.date("datum") or basis.datum,
        hard=_statussen(tabel, "hard", basis.hard),
        geen_capaciteit=_statussen(tabel, "geen_capaciteit", basis.geen_capaciteit),
        woon_hoofdgroepen=woon,
        mogelijk_hoofdgroepen=mogelijk,
        bijbehorende_hoofdgroepen=bijbehorend,
        bopa_verleend=_status(tabel, bopa[0], basis.bopa_verleend),
        bopa_onherroepelijk=_status(tabel, bopa[1], basis.bopa_onherroepelijk),
    )


def _status(tabel: Tabel, sleutel: str, basis: Planstatus) -> Planstatus:
    if sleutel not in tabel:
        return basis
    code = tabel.text(sleutel)
    if code not in {status.value for status in Planstatus}:
        raise tabel.fout(sleutel, f"'{code}' is geen planstatus", "bijvoorbeeld 2A of onbekend")
    return Planstatus(code)


def _statussen(tabel: Tabel, sleutel: str, basis: frozenset[Planstatus]) -> frozenset[Planstatus]:
    if sleutel not in tabel:
        return basis
    bekend = {s.value for s in Planstatus if s is not Planstatus.ONBEKEND}
    for code in tabel.texts(sleutel):
        if code not in bekend:
            raise tabel.fout(sleutel, f"'{code}' is geen planstatus", ", ".join(sorted(bekend)))
    return frozenset(Planstatus(code) for code in tabel.texts(sleutel))


def _drempels(tabel: Tabel) -> Drempels:
    basis = Drempels()
    namen = (
        "grenssnipper_aandeel",
        "dubbel_aandeel",
        "gelijk_aandeel",
        "apart_aandeel",
        "klasse_aandeel",
        "bestaand_aandeel",
    )
    tabel.require_known({*namen, "wezenlijke_stap"})
    delen = {}
    for naam in namen:
        waarde = tabel.amount(naam, 1)
        delen[naam] = getattr(basis, naam) if waarde is None else waarde
    return Drempels(**delen, wezenlijke_stap=tabel.amount("wezenlijke_stap", 1))


def _screeningsregel(tabel: Tabel) -> Screeningsregel:
    basis = Screeningsregel()
    tabel.require_known({"min_oppervlakte_m2", "min_woonaandeel"})
    minimum, aandeel = tabel.amount("min_oppervlakte_m2"), tabel.amount("min_woonaandeel", 1)
    return Screeningsregel(
        basis.min_oppervlakte_m2 if minimum is None else minimum,
        basis.min_woonaandeel if aandeel is None else aandeel,
    )


def _check_codes(bron: Bron, akkoord: Akkoord) -> None:
    """Refuse a code used twice and a corporatie in a gemeente that is not there."""
    gezien: set[str] = set()
    for nummer, gemeente in enumerate(akkoord.gemeenten):
        for code in (gemeente.code, *gemeente.voorgangers):
            if code in gezien:
                plek = Plek("gemeenten", nummer)
                raise bron.fout(plek, "code", f"de code {code} staat er tweemaal", "eenmaal")
            gezien.add(code)
    for nummer, corporatie in enumerate(akkoord.corporaties):
        for code in corporatie.gemeenten:
            if code not in gezien:
                raise bron.fout(
                    Plek("corporaties", nummer),
                    "gemeenten",
                    f"gemeente {code} hoort niet bij het akkoord",
                    "een code uit [[gemeenten]]",
                )
