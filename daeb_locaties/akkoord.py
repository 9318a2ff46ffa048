"""The agreement as data: gemeenten, corporaties, period, hardheid rule and thresholds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from daeb_locaties.begrippen import Hardheid, Planstatus
from daeb_locaties.errors import AkkoordError

STATUSSEN = ("tussenakkoord", "eindakkoord")


@dataclass(frozen=True, slots=True)
class AkkoordGemeente:
    """A gemeente of the agreement; targets are net DAEB homes, None when not agreed."""

    code: str
    naam: str
    voorgangers: tuple[str, ...] = ()
    doel_referentie: int | None = None
    doel_meer_evenwicht: int | None = None


@dataclass(frozen=True, slots=True)
class Corporatie:
    """A woningcorporatie and the gemeenten (codes) in which it works."""

    naam: str
    gemeenten: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hardheidsregel:
    """The class-to-hardheid table with its version, and which zoning counts as living.

    The default table is that of VNG DIWI (hard = 1A, 1B, 2A, 2B; 5A and 5B are no
    capacity). `woon_hoofdgroepen` allow homes directly; in `mogelijk_hoofdgroepen` the
    rules decide, which the file does not hold; `bijbehorende_hoofdgroepen` go with homes
    in the same plan but carry none by themselves.
    """

    versie: str = "DIWI"
    datum: date = date(2026, 11, 22)
    hard: frozenset[Planstatus] = frozenset(
        {Planstatus.S1A, Planstatus.S1B, Planstatus.S2A, Planstatus.S2B}
    )
    geen_capaciteit: frozenset[Planstatus] = frozenset({Planstatus.S5A, Planstatus.S5B})
    woon_hoofdgroepen: frozenset[str] = frozenset({"wonen", "woongebied"})
    mogelijk_hoofdgroepen: frozenset[str] = frozenset({"gemengd", "centrum"})
    bijbehorende_hoofdgroepen: frozenset[str] = frozenset({"tuin", "groen", "verkeer", "water"})

    @property
    def naam(self) -> str:
        """Version and date in one text, as every result cites it."""
        return f"{self.versie} ({self.datum.isoformat()})"

    def hardheid(self, status: Planstatus) -> Hardheid:
        """Return the hardheid of a class; onbekend for the class onbekend."""
        if status is Planstatus.ONBEKEND:
            return Hardheid.ONBEKEND
        return Hardheid.HARD if status in self.hard else Hardheid.ZACHT


@dataclass(frozen=True, slots=True)
class Drempels:
    """Thresholds, all shares of a locatie's area (0..1).

    `grenssnipper_aandeel`: a smaller part in another gemeente is a border sliver.
    `dubbel_aandeel`: an overlap of at least this share of the smaller is a suspected double.
    `apart_aandeel`: from this overlap on one of the two is left out of the balans.
    `klasse_aandeel`: ground of a class below this share does not weigh in the verdict.
    `wezenlijke_stap`: a bod below this share of the Meer Evenwicht target needs a
    toelichting; None where the akkoord does not say, and then it is not judged.
    """

    grenssnipper_aandeel: float = 0.02
    dubbel_aandeel: float = 0.10
    apart_aandeel: float = 0.50
    klasse_aandeel: float = 0.05
    wezenlijke_stap: float | None = None


@dataclass(frozen=True, slots=True)
class Screeningsregel:
    """Which parcels could carry homes: at least so large, for at least this share of it."""

    min_oppervlakte_m2: float = 250.0
    min_woonaandeel: float = 0.5


@dataclass(frozen=True, slots=True)
class Akkoord:
    """The agreement. `aanwezig` is False where the project has no `akkoord.toml`."""

    naam: str = "geen akkoord"
    status: str = "onbekend"
    begin: int | None = None
    eind: int | None = None
    gemeenten: tuple[AkkoordGemeente, ...] = ()
    corporaties: tuple[Corporatie, ...] = ()
    hardheid: Hardheidsregel = field(default_factory=Hardheidsregel)
    drempels: Drempels = field(default_factory=Drempels)
    screening: Screeningsregel = field(default_factory=Screeningsregel)
    aanwezig: bool = False

    def gemeente(self, code: str) -> AkkoordGemeente | None:
        """Return the gemeente with this code, also under a predecessor's code."""
        for gemeente in self.gemeenten:
            if code == gemeente.code or code in gemeente.voorgangers:
                return gemeente
        return None

    def in_period(self, jaar: int | None) -> bool:
        """Whether homes of this year count: no year, no period, or within it."""
        if jaar is None:
            return True
        return (self.begin is None or jaar >= self.begin) and (
            self.eind is None or jaar <= self.eind
        )


def read_akkoord(pad: Path) -> Akkoord:
    """Read `akkoord.toml`; a project without the file gets the defaults.

    Raises
    ------
    AkkoordError
        When the file is no TOML, misses a needed key, or names an unknown code; the
        message names the key.
    """
    if not pad.exists():
        return Akkoord()
    try:
        inhoud = tomllib.loads(pad.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fout:
        raise AkkoordError(
            f"het bestand is geen geldige TOML ({fout}).",
            waar=str(pad),
            herstel="Verbeter de genoemde regel en probeer het opnieuw.",
        ) from fout
    lezer = _Lezer(pad)
    kop = lezer.table(inhoud, "akkoord")
    status = lezer.text(kop, "status", "akkoord")
    if status not in STATUSSEN:
        raise lezer.fout("akkoord.status", f"'{status}' is geen status", " of ".join(STATUSSEN))
    akkoord = Akkoord(
        naam=lezer.text(kop, "naam", "akkoord"),
        status=status,
        begin=lezer.number(kop, "begin", "akkoord"),
        eind=lezer.number(kop, "eind", "akkoord"),
        gemeenten=tuple(lezer.gemeente(g) for g in lezer.tables(inhoud, "gemeenten")),
        corporaties=tuple(lezer.corporatie(c) for c in lezer.tables(inhoud, "corporaties")),
        hardheid=lezer.hardheidsregel(lezer.table(inhoud, "hardheid", required=False)),
        drempels=lezer.drempels(lezer.table(inhoud, "drempels", required=False)),
        screening=lezer.screeningsregel(lezer.table(inhoud, "screening", required=False)),
        aanwezig=True,
    )
    lezer.check_codes(akkoord)
    return akkoord


class _Lezer:
    """Reads typed values out of TOML tables and names the key that is wrong."""

    def __init__(self, pad: Path) -> None:
        self.pad = pad

    def fout(self, sleutel: str, wat: str, verwacht: str) -> AkkoordError:
        return AkkoordError(
            f"{wat} (sleutel {sleutel}).", waar=str(self.pad), herstel=f"Verwacht: {verwacht}."
        )

    def table(
        self, inhoud: Mapping[str, Any], naam: str, *, required: bool = True
    ) -> dict[str, Any]:
        waarde = inhoud.get(naam, None if required else {})
        if not isinstance(waarde, dict):
            raise self.fout(naam, f"de tabel [{naam}] ontbreekt", f"een tabel [{naam}]")
        return waarde

    def tables(self, inhoud: Mapping[str, Any], naam: str) -> list[dict[str, Any]]:
        waarde = inhoud.get(naam, [])
        if not isinstance(waarde, list) or not all(isinstance(w, dict) for w in waarde):
            raise self.fout(naam, f"'{naam}' is geen lijst van tabellen", f"[[{naam}]]")
        return waarde

    def text(self, tabel: Mapping[str, Any], sleutel: str, waar: str) -> str:
        waarde = tabel.get(sleutel)
        if not isinstance(waarde, str) or not waarde.strip():
            raise self.fout(f"{waar}.{sleutel}", "de waarde ontbreekt of is geen tekst", "tekst")
        return waarde.strip()

    def number(self, tabel: Mapping[str, Any], sleutel: str, waar: str) -> int | None:
        waarde = tabel.get(sleutel)
        if waarde is not None and (not isinstance(waarde, int) or isinstance(waarde, bool)):
            raise self.fout(f"{waar}.{sleutel}", "de waarde is geen geheel getal", "een getal")
        return waarde

    def texts(self, tabel: Mapping[str, Any], sleutel: str, waar: str) -> tuple[str, ...]:
        waarde = tabel.get(sleutel, [])
        if not isinstance(waarde, list) or not all(isinstance(w, str) for w in waarde):
            raise self.fout(f"{waar}.{sleutel}", "de waarde is geen lijst van teksten", '["..."]')
        return tuple(waarde)

    def gemeente(self, tabel: Mapping[str, Any]) -> AkkoordGemeente:
        code = self.text(tabel, "code", "gemeenten")
        if len(code) != 4 or not code.isdigit():
            raise self.fout("gemeenten.code", f"'{code}' is geen gemeentecode", "vier cijfers")
        return AkkoordGemeente(
            code=code,
            naam=self.text(tabel, "naam", f"gemeenten {code}"),
            voorgangers=self.texts(tabel, "voorgangers", f"gemeenten {code}"),
            doel_referentie=self.number(tabel, "doel_referentie", f"gemeenten {code}"),
            doel_meer_evenwicht=self.number(tabel, "doel_meer_evenwicht", f"gemeenten {code}"),
        )

    def corporatie(self, tabel: Mapping[str, Any]) -> Corporatie:
        naam = self.text(tabel, "naam", "corporaties")
        return Corporatie(naam, self.texts(tabel, "gemeenten", f"corporaties {naam}"))

    def hardheidsregel(self, tabel: Mapping[str, Any]) -> Hardheidsregel:
        basis = Hardheidsregel()
        datum = tabel.get("datum", basis.datum)
        if not isinstance(datum, date):
            raise self.fout("hardheid.datum", "de waarde is geen datum", "bijvoorbeeld 2024-01-01")
        return Hardheidsregel(
            versie=self.text(tabel, "versie", "hardheid") if "versie" in tabel else basis.versie,
            datum=datum,
            hard=self._statussen(tabel, "hard", basis.hard),
            geen_capaciteit=self._statussen(tabel, "geen_capaciteit", basis.geen_capaciteit),
            woon_hoofdgroepen=self._groepen(tabel, "woon_hoofdgroepen", basis.woon_hoofdgroepen),
            mogelijk_hoofdgroepen=self._groepen(
                tabel, "mogelijk_hoofdgroepen", basis.mogelijk_hoofdgroepen
            ),
            bijbehorende_hoofdgroepen=self._groepen(
                tabel, "bijbehorende_hoofdgroepen", basis.bijbehorende_hoofdgroepen
            ),
        )

    def _groepen(
        self, tabel: Mapping[str, Any], sleutel: str, basis: frozenset[str]
    ) -> frozenset[str]:
        return frozenset(self.texts(tabel, sleutel, "hardheid")) if sleutel in tabel else basis

    def _statussen(
        self, tabel: Mapping[str, Any], sleutel: str, basis: frozenset[Planstatus]
    ) -> frozenset[Planstatus]:
        if sleutel not in tabel:
            return basis
        codes = self.texts(tabel, sleutel, "hardheid")
        bekend = {s.value for s in Planstatus if s is not Planstatus.ONBEKEND}
        for code in codes:
            if code not in bekend:
                raise self.fout(
                    f"hardheid.{sleutel}", f"'{code}' is geen planstatus", ", ".join(sorted(bekend))
                )
        return frozenset(Planstatus(code) for code in codes)

    def drempels(self, tabel: Mapping[str, Any]) -> Drempels:
        basis = Drempels()
        return Drempels(
            grenssnipper_aandeel=self._share(
                tabel, "drempels.grenssnipper_aandeel", basis.grenssnipper_aandeel
            ),
            dubbel_aandeel=self._share(tabel, "drempels.dubbel_aandeel", basis.dubbel_aandeel),
            apart_aandeel=self._share(tabel, "drempels.apart_aandeel", basis.apart_aandeel),
            klasse_aandeel=self._share(tabel, "drempels.klasse_aandeel", basis.klasse_aandeel),
            wezenlijke_stap=(
                self._share(tabel, "drempels.wezenlijke_stap", 0.0)
                if "wezenlijke_stap" in tabel
                else None
            ),
        )

    def screeningsregel(self, tabel: Mapping[str, Any]) -> Screeningsregel:
        basis = Screeningsregel()
        minimum = tabel.get("min_oppervlakte_m2", basis.min_oppervlakte_m2)
        if not isinstance(minimum, int | float) or minimum < 0:
            raise self.fout("screening.min_oppervlakte_m2", "de waarde is geen oppervlakte", "m2")
        aandeel = self._share(tabel, "screening.min_woonaandeel", basis.min_woonaandeel)
        return Screeningsregel(float(minimum), aandeel)

    def _share(self, tabel: Mapping[str, Any], sleutel: str, basis: float) -> float:
        waarde = tabel.get(sleutel.rsplit(".", maxsplit=1)[-1], basis)
        if not isinstance(waarde, int | float) or not 0 <= waarde <= 1:
            raise self.fout(sleutel, "de waarde is geen aandeel", "0 tot en met 1")
        return float(waarde)

    def check_codes(self, akkoord: Akkoord) -> None:
        """Refuse a code used twice and a corporatie in a gemeente that is not there."""
        gezien: set[str] = set()
        for gemeente in akkoord.gemeenten:
            for code in (gemeente.code, *gemeente.voorgangers):
                if code in gezien:
                    raise self.fout(
                        "gemeenten.code", f"de code {code} staat er tweemaal", "eenmaal"
                    )
                gezien.add(code)
        for corporatie in akkoord.corporaties:
            for code in corporatie.gemeenten:
                if code not in gezien:
                    raise self.fout(
                        f"corporaties {corporatie.naam}",
                        f"gemeente {code} hoort niet bij het akkoord",
                        "een code uit [[gemeenten]]",
                    )
        if akkoord.begin and akkoord.eind and akkoord.begin > akkoord.eind:
            raise self.fout("akkoord.eind", "het eind ligt voor het begin", "een later jaar")
