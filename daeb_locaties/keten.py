"""The chain: from layers, locaties and bids to evidence, verdicts and links."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import TypedDict

import daeb_locaties
from daeb_locaties.dubbeltelling import choose_apart, find_dubbelparen
from daeb_locaties.hardheid.afleiding import derive
from daeb_locaties.hardheid.bewijs import collect_grond, make_bewijs
from daeb_locaties.hardheid.oordeel import judge
from daeb_locaties.hardheid.regime import Planlagen, Regime, build_regime
from daeb_locaties.hardheid.regime_opslag import RegimeOpslag, regime_key
from daeb_locaties.hardheid.ruimte import measure_ruimte
from daeb_locaties.koppelen.bod import current_biedingen, link_biedingen
from daeb_locaties.koppelen.gemeente import link_gemeenten
from daeb_locaties.project import Project
from daeb_locaties.register import Ketenbewijs, Resultaten
from daeb_locaties.voortgang import Voortgang, silent
from daeb_locaties.woningen import read_woningen
from kaartlagen.overlay import warm_up

PLANLAGEN = tuple(lid.name for lid in fields(Planlagen))
GRONDLAGEN = ("gemeenten", *PLANLAGEN, "maatvoeringen", "verblijfsobjecten")
"""Every layer that a verdict or a link stands on."""
STAPPEN = (
    "rekenkern voorbereiden (de eerste keer een halve minuut)",
    "lagen lezen",
    "gemeenten koppelen",
    "plannen vlakleggen",
    "oordelen",
    "dubbeltelling",
)


@dataclass(slots=True)
class _Klok:
    """Seconds per step, and word of each step to whoever listens."""

    voortgang: Voortgang
    seconden: dict[str, float] = field(default_factory=dict)
    _begin: float = 0.0

    def start(self, stap: str) -> None:
        nu = time.perf_counter()
        if self.seconden:
            laatste = list(self.seconden)[-1]
            self.seconden[laatste] = round(nu - self._begin, 3)
        self.seconden[stap] = 0.0
        self._begin = nu
        self.voortgang(stap, len(self.seconden) - 1, len(STAPPEN))

    def stop(self) -> dict[str, float]:
        self.start("klaar")
        self.seconden.pop("klaar")
        return self.seconden


def run_keten(project: Project, voortgang: Voortgang = silent) -> Ketenbewijs:
    """Koppel, classificeer and look for doubles; store the results and return the receipt.

    Running it again on the same input gives the same results.
    """
    klok = _Klok(voortgang)
    akkoord, drempels, rule = project.akkoord, project.akkoord.drempels, project.akkoord.hardheid
    locaties = project.register.locaties()
    biedingen = current_biedingen(project.register.biedingen(), akkoord)

    klok.start(STAPPEN[0])
    warm_up()

    klok.start(STAPPEN[1])
    gemeenten = project.lagen.read("gemeenten")

    klok.start(STAPPEN[2])
    aandelen = link_gemeenten(locaties, gemeenten, akkoord)

    klok.start(STAPPEN[3])
    regime = read_regime(project)

    klok.start(STAPPEN[4])
    grond = collect_grond(locaties, regime)
    maatvoeringen, woningen = project.lagen.read("maatvoeringen"), read_woningen(project)
    ruimte = measure_ruimte(locaties, grond, woningen, maatvoeringen, drempels.klasse_aandeel)
    oordelen = {
        loc.id: judge(loc, derive(loc, grond[loc.id], rule, drempels, ruimte[loc.id]), rule)
        for loc in locaties
    }
    bewijs = [rij for loc in locaties for rij in make_bewijs(loc, grond[loc.id])]

    klok.start(STAPPEN[5])
    codes = {id_: delen[0].gemeentecode if delen else None for id_, delen in aandelen.items()}
    paren = find_dubbelparen(locaties, codes, drempels)
    apart = choose_apart(locaties, oordelen, paren)
    koppelingen = link_biedingen(locaties, oordelen, aandelen, biedingen, akkoord, apart)

    ketenbewijs = Ketenbewijs(
        gedraaid_op=datetime.now(UTC),
        seconden=klok.stop(),
        tellingen={
            "locaties": len(locaties),
            "bewijs": len(bewijs),
            "plannen": sum(m.aantal for m in project.lagen.current("plangebieden")),
            "dubbelparen": len(paren),
            "apart_gezet": len(apart),
        },
        ontbreekt=_missing(
            locaties=bool(locaties),
            gemeenten=not gemeenten.empty,
            plannen=bool(project.lagen.current("plangebieden")),
            biedingen=bool(biedingen),
            akkoord=akkoord.aanwezig,
        ),
        **_grondslag(project),
    )
    project.register.replace_resultaten(
        Resultaten(koppelingen, list(oordelen.values()), bewijs, paren, ketenbewijs)
    )
    return ketenbewijs


def ensure_beoordeeld(project: Project, voortgang: Voortgang = silent) -> Ketenbewijs:
    """Return the last receipt, after a new run when anything it stood on has changed.

    Lists, balans and exports call this first, so that no figure is ever stale.
    """
    laatste = project.register.ketenbewijs()
    if laatste is not None:
        nu = _grondslag(project)
        if all(getattr(laatste, naam) == waarde for naam, waarde in nu.items()):
            return laatste
    return run_keten(project, voortgang)


def read_regime(project: Project) -> Regime:
    """Return the regime of the stored plans, made and kept when it is not there yet."""
    rule = project.akkoord.hardheid
    opslag = RegimeOpslag(project.lagen.map / "regime")
    opnamen = [m.id for laag in PLANLAGEN for m in project.lagen.current(laag)]
    sleutel = regime_key(opnamen, rule)
    bewaard = opslag.find(sleutel)
    if bewaard is not None:
        return bewaard
    lagen = Planlagen(**{laag: project.lagen.read(laag) for laag in PLANLAGEN})
    return opslag.put(sleutel, build_regime(lagen, rule))


class _Grondslag(TypedDict):
    versie: str
    regelversie: str
    akkoord: str
    akkoord_sha256: str
    invoer_sha256: str
    momentopnamen: dict[str, str]


def _grondslag(project: Project) -> _Grondslag:
    """Return everything that the results depend on."""
    akkoord = project.akkoord
    return _Grondslag(
        versie=daeb_locaties.__version__,
        regelversie=akkoord.hardheid.naam,
        akkoord=f"{akkoord.naam} ({akkoord.status})" if akkoord.aanwezig else "geen",
        akkoord_sha256=akkoord.afdruk,
        invoer_sha256=project.register.invoer_sha256(),
        momentopnamen={
            m.id: m.herkomst.sha256 for laag in GRONDLAGEN for m in project.lagen.current(laag)
        },
    )


def _missing(
    *, locaties: bool, gemeenten: bool, plannen: bool, biedingen: bool, akkoord: bool
) -> tuple[str, ...]:
    """Say once what the project lacks and what that means for the figures."""
    teksten = (
        (locaties, "Er zijn geen locaties ingelezen (daeb-locaties locatie inlezen)."),
        (gemeenten, "Er zijn geen gemeenten ingelezen: de gemeente van elke locatie is onbekend."),
        (
            plannen,
            "Er zijn geen plannen ingelezen: alleen de opgegeven planstatus telt, niet bevestigd.",
        ),
        (biedingen, "Er is geen bod ingelezen: de dekking van het bod is niet te berekenen."),
        (akkoord, "Er is geen akkoord.toml: de standaardregels gelden en er zijn geen doelen."),
    )
    return tuple(tekst for aanwezig, tekst in teksten if not aanwezig)
