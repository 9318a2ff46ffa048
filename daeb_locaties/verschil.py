"""Which locaties have another verdict than on a peildatum, and because of which plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from daeb_locaties.beoordelen import Oordelen, find_regime, judge_locaties
from daeb_locaties.hardheid.zinnen import describe_bewijs
from daeb_locaties.keten import read_regime
from daeb_locaties.model import Bewijs, Locatie, Oordeel
from daeb_locaties.project import Project
from kaartlagen.opslag_toen import LaagOpslagToen


@dataclass(frozen=True, slots=True)
class Oordeelverschil:
    """A locatie whose verdict changed: the verdicts, and the plans that came and went.

    `gekomen` is the evidence of now that was not there, `gegaan` that of then that is no
    longer; both empty when the ground is judged otherwise by the same plans.
    """

    locatie: Locatie
    oud: Oordeel
    nieuw: Oordeel
    gekomen: tuple[Bewijs, ...]
    gegaan: tuple[Bewijs, ...]

    @property
    def zin(self) -> str:
        """One sentence in Dutch that says what changed and because of which plan."""
        toen, nu = (
            f"{oordeel.hardheid.label.lower()} ({oordeel.planstatus.value})"
            for oordeel in (self.oud, self.nieuw)
        )
        delen = [f"{self.locatie.naam}: van {toen} naar {nu}"]
        if self.gekomen:
            delen.append(f"door {', '.join(describe_bewijs(rij) for rij in self.gekomen)}")
        if self.gegaan:
            delen.append(f"in plaats van {', '.join(describe_bewijs(rij) for rij in self.gegaan)}")
        return f"{' '.join(delen)}."


def compare_oordelen(project: Project, sinds: date) -> tuple[Oordeelverschil, ...]:
    """Judge the locaties of now on the layers of then and of now, and tell what differs.

    Parameters
    ----------
    project
        The project; nothing in its register is changed.
    sinds
        The day: layers with a later peildatum are not there yet.

    Returns
    -------
    tuple of Oordeelverschil
        Only locaties whose planstatus or hardheid differs, by naam and id.
    """
    locaties = project.register.locaties()
    lagen_toen = LaagOpslagToen(project.lagen.map, sinds)
    regel = project.akkoord.hardheid
    regime_toen = find_regime(lagen_toen, project.lagen.map / "regime-toen", regel)
    toen = judge_locaties(locaties, lagen_toen, regime_toen, project.akkoord)
    nu = judge_locaties(locaties, project.lagen, read_regime(project), project.akkoord)
    anders = [loc for loc in locaties if _outcome(toen, loc) != _outcome(nu, loc)]
    bewijs_toen, bewijs_nu = _per_locatie(toen.bewijs), _per_locatie(nu.bewijs)
    return tuple(
        Oordeelverschil(
            loc,
            toen.oordelen[loc.id],
            nu.oordelen[loc.id],
            _only_in(bewijs_nu.get(loc.id, ()), bewijs_toen.get(loc.id, ())),
            _only_in(bewijs_toen.get(loc.id, ()), bewijs_nu.get(loc.id, ())),
        )
        for loc in sorted(anders, key=lambda loc: (loc.naam, loc.id))
    )


def _outcome(oordelen: Oordelen, locatie: Locatie) -> tuple[str, str, str]:
    oordeel = oordelen.oordelen[locatie.id]
    return oordeel.hardheid.value, oordeel.planstatus.value, oordeel.planstatus_afgeleid.value


def _per_locatie(bewijs: Iterable[Bewijs]) -> dict[str, list[Bewijs]]:
    uit: dict[str, list[Bewijs]] = {}
    for rij in bewijs:
        uit.setdefault(rij.locatie_id, []).append(rij)
    return uit


def _only_in(eigen: Iterable[Bewijs], ander: Iterable[Bewijs]) -> tuple[Bewijs, ...]:
    """Return a row per plan (with its status) that only one side stands on, largest first."""
    bekend = {_plan(rij) for rij in ander}
    uit: dict[tuple[str, str | None, str | None], Bewijs] = {}
    for rij in sorted(eigen, key=lambda r: (-r.oppervlakte_m2, r.idn)):
        if _plan(rij) not in bekend:
            uit.setdefault(_plan(rij), rij)
    return tuple(uit.values())


def _plan(rij: Bewijs) -> tuple[str, str | None, str | None]:
    return rij.idn, rij.planstatus, rij.dossierstatus
