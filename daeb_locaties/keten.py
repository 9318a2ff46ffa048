"""The chain: from layers, locaties and bids to evidence, verdicts and links."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypedDict

import daeb_locaties
from daeb_locaties.balansposten import join_posten, make_posten
from daeb_locaties.beoordelen import PLANLAGEN, find_regime, judge_locaties
from daeb_locaties.dubbelbesluiten import chosen_ids, count_partly_double, decide_paren
from daeb_locaties.dubbeltelling import choose_apart, find_dubbelparen
from daeb_locaties.hardheid.regime import Regime
from daeb_locaties.koppelen.bod import current_biedingen, link_biedingen
from daeb_locaties.koppelen.gemeente import link_gemeenten
from daeb_locaties.model import LocatieRegel
from daeb_locaties.project import Project
from daeb_locaties.register import Ketenbewijs, Resultaten
from daeb_locaties.voortgang import Voortgang, silent
from kaartlagen.overlay import warm_up

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
    akkoord = project.akkoord
    # Before anything is read: what changes meanwhile makes the receipt old, not false.
    grondslag = _grondslag(project)
    with project.register.at_one_moment() as register:
        locaties, besluiten = register.locaties(), register.paarbesluiten()
        biedingen = current_biedingen(register.biedingen(), akkoord)

    klok.start(STAPPEN[0])
    warm_up()

    klok.start(STAPPEN[1])
    gemeenten = project.lagen.read("gemeenten")

    klok.start(STAPPEN[2])
    aandelen = link_gemeenten(locaties, gemeenten, akkoord)

    klok.start(STAPPEN[3])
    regime = read_regime(project)

    klok.start(STAPPEN[4])
    uitkomst = judge_locaties(locaties, project.lagen, regime, akkoord)

    klok.start(STAPPEN[5])
    codes = {id_: delen[0].gemeentecode if delen else None for id_, delen in aandelen.items()}
    verdacht = find_dubbelparen(locaties, codes, akkoord.drempels)
    paren = decide_paren(verdacht, besluiten, frozenset(codes))
    apart = choose_apart(locaties, uitkomst.oordelen, paren, chosen_ids(besluiten))
    koppelingen = link_biedingen(locaties, uitkomst.oordelen, aandelen, biedingen, akkoord, apart)
    regels = [
        LocatieRegel(locatie, koppeling, uitkomst.oordelen[locatie.id], ())
        for locatie, koppeling in zip(locaties, koppelingen, strict=True)
    ]
    deels = count_partly_double(locaties, uitkomst.oordelen, besluiten, apart)
    posten = join_posten(make_posten(regels, akkoord, deels_dubbel=deels))

    ketenbewijs = Ketenbewijs(
        gedraaid_op=datetime.now(UTC),
        seconden=klok.stop(),
        tellingen={
            "locaties": len(locaties),
            "bewijs": len(uitkomst.bewijs),
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
        **grondslag,
    )
    project.register.replace_resultaten(
        Resultaten(
            koppelingen,
            list(uitkomst.oordelen.values()),
            list(uitkomst.bewijs),
            paren,
            ketenbewijs,
            posten,
        )
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
    return find_regime(project.lagen, project.lagen.map / "regime", project.akkoord.hardheid)


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
