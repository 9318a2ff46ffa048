"""The gespreksagenda that the register itself gives: what is at odds, double, or missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from daeb_locaties.begrippen import Hardheid, Signaal
from daeb_locaties.gesprek import AFGELEID, Agendapunt, make_id
from daeb_locaties.gespreksbegrippen import Agendasoort, Agendastatus
from daeb_locaties.getallen import format_getal
from daeb_locaties.model import Balans, Dubbelpaar, LocatieRegel

# Signals that are a matter for the table, and what they are.
_SIGNALEN: dict[Signaal, Agendasoort] = {
    Signaal.PLANSTATUS_STRIJDIG: Agendasoort.CONFLICT,
    Signaal.MEER_DAN_HET_PLAN: Agendasoort.CONFLICT,
    Signaal.GEMEENTE_WIJKT_AF: Agendasoort.CONFLICT,
    Signaal.OVER_GEMEENTEGRENS: Agendasoort.OVERIG,
    Signaal.DAEB_AANTAL_ONBEKEND: Agendasoort.ONTBREKEND,
    Signaal.GEEN_VLAK: Agendasoort.ONTBREKEND,
    Signaal.BESTEMMING_ZONDER_WONEN: Agendasoort.BELEMMERING,
}


@dataclass(frozen=True, slots=True)
class Agendavergelijking:
    """The derived points against those in the register.

    `nieuw` are not in it yet; `anders` are open in it and now read otherwise (with the
    version of the register); `zonder_oorzaak` are open in it, but what gave rise to them
    is gone: people decide whether they are dealt with.
    """

    nieuw: tuple[Agendapunt, ...]
    anders: tuple[Agendapunt, ...]
    zonder_oorzaak: tuple[Agendapunt, ...]


def derive_agenda(
    regels: Sequence[LocatieRegel], paren: Sequence[Dubbelpaar], balans: Balans
) -> tuple[Agendapunt, ...]:
    """Return the points that the state of the register gives, by gemeente, kind and title.

    The same cause always gives the same id, so that filling an agenda twice changes
    nothing. Locaties without a known gemeente have no agenda to stand on.
    """
    namen = {regel.locatie.id: regel for regel in regels}
    punten = [
        *(punt for regel in regels for punt in _of_locatie(regel)),
        *(punt for paar in paren for punt in _of_pair(paar, namen)),
        *_of_balans(balans),
    ]
    return tuple(sorted(punten, key=lambda p: (p.gemeentecode, p.soort.value, p.titel, p.id)))


def compare_agenda(
    afgeleid: Sequence[Agendapunt], bewaard: Sequence[Agendapunt]
) -> Agendavergelijking:
    """Say which derived points are new, and which open ones have lost their cause."""
    bekend = {punt.id: punt for punt in bewaard}
    nog_nodig = {punt.id for punt in afgeleid}
    return Agendavergelijking(
        nieuw=tuple(punt for punt in afgeleid if punt.id not in bekend),
        anders=tuple(
            replace(oud, titel=punt.titel, toelichting=punt.toelichting)
            for punt in afgeleid
            if (oud := bekend.get(punt.id)) is not None
            and oud.status is Agendastatus.OPEN
            and (oud.titel, oud.toelichting) != (punt.titel, punt.toelichting)
        ),
        zonder_oorzaak=tuple(
            punt
            for punt in bewaard
            if punt.herkomst == AFGELEID
            and punt.status is Agendastatus.OPEN
            and punt.id not in nog_nodig
        ),
    )


def _of_locatie(regel: LocatieRegel) -> Iterator[Agendapunt]:
    code, locatie = regel.koppeling.gemeentecode, regel.locatie
    if code is None:
        return
    for signaal, soort in _SIGNALEN.items():
        if signaal in regel.signalen:
            yield _point(
                code,
                soort,
                signaal.value,
                f"{signaal.label}: {locatie.naam}",
                regel.oordeel.uitleg,
                (locatie.id,),
            )
    if regel.oordeel.hardheid is Hardheid.ONBEKEND:
        titel = f"Hard of zacht is onbekend: {locatie.naam}"
        uitleg = regel.oordeel.uitleg
        soort = Agendasoort.ONTBREKEND
        yield _point(code, soort, "hardheid_onbekend", titel, uitleg, (locatie.id,))


def _of_pair(paar: Dubbelpaar, regels: dict[str, LocatieRegel]) -> Iterator[Agendapunt]:
    """Put an undecided pair on the agenda of every gemeente that it touches."""
    if paar.besluit is not None:
        return
    leden = [regels[id_] for id_ in (paar.eerste_id, paar.tweede_id) if id_ in regels]
    namen = " en ".join(lid.locatie.naam for lid in leden)
    gevolg = "Een van beide telt nu niet mee." if paar.apart else "Beide tellen nu mee."
    for code in sorted({lid.koppeling.gemeentecode or "" for lid in leden} - {""}):
        yield _point(
            code,
            Agendasoort.DUBBEL,
            "dubbel",
            f"Mogelijk dubbel: {namen}",
            f"Reden: {paar.reden}. {gevolg}",
            (paar.eerste_id, paar.tweede_id),
        )


def _of_balans(balans: Balans) -> Iterator[Agendapunt]:
    for rij in balans.gemeenten:
        if rij.gemeentecode is None:
            continue
        if rij.toelichting_nodig and not rij.toelichting_aanwezig:
            yield _point(
                rij.gemeentecode,
                Agendasoort.BOD,
                "toelichting",
                "Het bod vraagt een toelichting of handelingsperspectief",
                "Het bod brengt geen extra doelgroepvoorraad of geen wezenlijke stap.",
                (),
            )
        if rij.zonder_locatie:
            yield _point(
                rij.gemeentecode,
                Agendasoort.BOD,
                "zonder_locatie",
                "Een deel van het bod heeft nog geen locatie",
                f"{format_getal(rij.zonder_locatie)} van de {format_getal(rij.bod or 0)} woningen "
                "(netto) hebben nog geen locatie.",
                (),
            )


def _point(
    code: str, soort: Agendasoort, oorzaak: str, titel: str, toelichting: str, ids: tuple[str, ...]
) -> Agendapunt:
    return Agendapunt(
        id=make_id("agenda", code, oorzaak, *ids),
        gemeentecode=code,
        soort=soort,
        titel=titel,
        toelichting=toelichting,
        locatie_ids=ids,
        herkomst=AFGELEID,
    )
