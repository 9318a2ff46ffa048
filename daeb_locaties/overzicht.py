"""Read models: what lists, pages and exports show, put together from the register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from daeb_locaties.balans import compute_balans
from daeb_locaties.balansdelen import (
    Balansdeel,
    split_by_corporatie,
    split_by_jaar,
    split_by_periode,
)
from daeb_locaties.begrippen import Hardheid, Maat, Paaroordeel, Planstatus
from daeb_locaties.koppelen.bod import current_biedingen
from daeb_locaties.model import (
    Balans,
    Bewijs,
    Bod,
    Dubbelpaar,
    Koppeling,
    Locatie,
    LocatieRegel,
    Oordeel,
)
from daeb_locaties.project import Project
from daeb_locaties.register import Ketenbewijs, Lijstvraag

NIET_BEOORDEELD = "Deze locatie is nog niet beoordeeld (daeb-locaties beoordeel)."


def read_regels(project: Project) -> tuple[LocatieRegel, ...]:
    """Return every locatie with its link and verdict, by gemeente, naam and id.

    A locatie that came after the last run of the chain is there too, as onbekend.
    """
    with project.register.at_one_moment() as register:
        locaties, paren = register.locaties(), register.dubbelparen()
        koppelingen, oordelen = register.koppelingen(), register.oordelen()
    return tuple(sorted(_join(project, locaties, koppelingen, oordelen, paren), key=_order))


@dataclass(frozen=True, slots=True)
class Lijstpagina:
    """One page of the list, and how many locaties there are in all."""

    regels: tuple[LocatieRegel, ...]
    totaal: int


def read_lijst(project: Project, vraag: Lijstvraag) -> Lijstpagina:
    """Return one page of the list, in the order of `read_regels`."""
    pagina = project.register.bladzijde(vraag)
    regels = _join(
        project, pagina.locaties, pagina.koppelingen, pagina.oordelen, pagina.dubbelparen
    )
    return Lijstpagina(tuple(regels), pagina.totaal)


def _join(
    project: Project,
    locaties: Sequence[Locatie],
    koppelingen: Mapping[str, Koppeling],
    oordelen: Mapping[str, Oordeel],
    paren: Sequence[Dubbelpaar],
) -> Iterator[LocatieRegel]:
    """Put locaties beside their link, verdict and suspected doubles, in the same order."""
    dubbel: dict[str, list[str]] = {}
    for paar in paren:
        if paar.besluit is not Paaroordeel.VERSCHILLEND:
            dubbel.setdefault(paar.eerste_id, []).append(paar.tweede_id)
            dubbel.setdefault(paar.tweede_id, []).append(paar.eerste_id)
    for locatie in locaties:
        yield LocatieRegel(
            locatie,
            koppelingen.get(locatie.id) or _unlinked(locatie),
            oordelen.get(locatie.id) or _unjudged(locatie, project),
            tuple(sorted(dubbel.get(locatie.id, []))),
        )


def _order(regel: LocatieRegel) -> tuple[bool, str, str, str]:
    naam = regel.koppeling.gemeentenaam
    return naam is None, naam or "", regel.locatie.naam, regel.locatie.id


def read_bewijs(project: Project, locatie_id: str | None = None) -> tuple[Bewijs, ...]:
    """Return the evidence, of one locatie or of all, by locatie and then largest share first."""
    return project.register.bewijs(locatie_id)


def read_balans(
    project: Project,
    regels: Sequence[LocatieRegel] | None = None,  # noqa: ARG001  (callers still give it)
    *,
    maat: Maat = Maat.DAEB,
    versie: int | None = None,
) -> Balans:
    """Return the balans as of the last run of the chain.

    Parameters
    ----------
    project
        The project.
    regels
        Not needed: the sums of the last run are read.
    maat
        The measure.
    versie
        The volgnummer up to which versions of a bod count; None for the newest.
    """
    with project.register.at_one_moment() as register:
        posten, namen = register.balansposten(), register.gemeentenamen()
        biedingen = current_biedingen(register.biedingen(), project.akkoord, versie)
    return compute_balans((), biedingen, project.akkoord, maat=maat, posten=posten, namen=namen)


def read_balansdelen(
    project: Project, per: str, maat: Maat = Maat.DAEB, *, versie: int | None = None
) -> tuple[Balansdeel, ...]:
    """Return the balans cut per `periode`, `jaar` or `corporatie`, by gemeente and region.

    The rows of the region come last, with `gemeentecode` None.
    """
    akkoord = project.akkoord
    with project.register.at_one_moment() as register:
        posten = register.balansposten()
        biedingen = current_biedingen(register.biedingen(), akkoord, versie)
        balans = read_balans(project, maat=maat, versie=versie)
    codes = [rij.gemeentecode for rij in balans.gemeenten]
    snijden: dict[str, Callable[[str | None], tuple[Balansdeel, ...]]] = {
        "periode": lambda code: split_by_periode(posten, biedingen, akkoord, maat, code),
        "jaar": lambda code: split_by_jaar(posten, maat, code),
        "corporatie": lambda code: split_by_corporatie(posten, akkoord, maat, code),
    }
    return tuple(deel for code in [*codes, None] for deel in snijden[per](code))


def read_biedingen(project: Project) -> tuple[Bod, ...]:
    """Return all versions of all bids, by gemeente and version."""
    return project.register.biedingen()


def read_keten(project: Project) -> Ketenbewijs | None:
    """Return the receipt of the last run; None when the chain never ran."""
    return project.register.ketenbewijs()


def _unlinked(locatie: Locatie) -> Koppeling:
    return Koppeling(
        locatie_id=locatie.id,
        gemeentecode=None,
        gemeentenaam=None,
        aandelen=(),
        bod_versie=None,
        telt_mee=False,
        reden=NIET_BEOORDEELD,
        signalen=(),
    )


def _unjudged(locatie: Locatie, project: Project) -> Oordeel:
    return Oordeel(
        locatie_id=locatie.id,
        planstatus_afgeleid=Planstatus.ONBEKEND,
        planstatus=Planstatus.ONBEKEND,
        hardheid=Hardheid.ONBEKEND,
        regel="",
        regel_afleiding="",
        regelversie=project.akkoord.hardheid.naam,
        uitleg=NIET_BEOORDEELD,
        aandeel_hard=0.0,
        aandeel_zacht=0.0,
        aandeel_onbekend=0.0,
        aandeel_geen_plan=0.0,
        signalen=(),
    )
