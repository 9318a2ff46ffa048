"""Checking a register: seals, state by replay, references, and the file itself.

A code never changes its meaning and is never used again. RG1xx are about the register,
RG2xx about the files of the project (`daeb_locaties.beheer`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select, text

from daeb_locaties.register import gesprekstabellen, schema
from daeb_locaties.register.naspelen import Toestand, apply_event
from daeb_locaties.register.onderwerpen import ONDERWERPEN, Onderwerp
from daeb_locaties.register.register import Register
from daeb_locaties.register.schrijven import add_digests, digest
from daeb_locaties.register.velden import differ
from daeb_locaties.register.vragen import Rij, ask
from daeb_locaties.register.zegel import BEGIN, seal
from kaartlagen.controles import Bevinding, Controle

_TERUG = "Zet een reservekopie terug met `herstel`."

NUMMER_ONTBREEKT = Controle(
    "RG101", "fout", "Gebeurtenissen ontbreken of staan dubbel.", "Ze horen op te tellen.", _TERUG
)
ZEGEL_GEBROKEN = Controle(
    "RG102",
    "fout",
    "Het zegel van gebeurtenissen klopt niet.",
    "Iemand heeft ze buiten het programma om gewijzigd of verwijderd.",
    _TERUG,
)
STAND_WIJKT_AF = Controle(
    "RG103",
    "fout",
    "De laatste gebeurtenis is niet die waar het register op eindigt.",
    "Het einde is verwijderd of half geschreven.",
    _TERUG,
)
TOESTAND_WIJKT_AF = Controle(
    "RG104",
    "fout",
    "Rijen zijn anders dan hun gebeurtenissen zeggen.",
    "Iemand heeft ze buiten het programma om gewijzigd.",
    _TERUG,
)
VERWIJZING_LOOS = Controle(
    "RG105", "fout", "Verwijzingen wijzen naar iets dat er niet is.", "", _TERUG
)
INVOER_WIJKT_AF = Controle(
    "RG106",
    "fout",
    "De afdruk van locaties en biedingen klopt niet.",
    "Daardoor kunnen cijfers verouderd zijn zonder dat dat blijkt.",
    _TERUG,
)
BESTAND_BESCHADIGD = Controle("RG107", "fout", "Het databasebestand is beschadigd.", "", _TERUG)
KLOK_TERUG = Controle(
    "RG108",
    "melding",
    "De klok van de computer liep terug.",
    "De volgorde van de gebeurtenissen klopt; hun tijdstip niet.",
    "",
)
RESULTAAT_LOOS = Controle(
    "RG109",
    "waarschuwing",
    "Uitkomsten horen bij locaties die er niet zijn.",
    "",
    "Draai `beoordeel` opnieuw.",
)

# Which fields name something else in the register, by the kind that has them.
_VERWIJZINGEN: dict[str, dict[str, str]] = {
    "locatie": {"voorgangers": "locatie", "opvolgers": "locatie"},
    "paarbesluit": {"eerste_id": "locatie", "tweede_id": "locatie", "blijft_id": "locatie"},
    "agendapunt": {"locatie_ids": "locatie", "gesprek_id": "gesprek"},
    "reactie": {"antwoord_op": "reactie"},
    "standpunt": {"locatie_id": "locatie"},
    "indiening": {"peildatum_id": "peildatum"},
    "beoordeling": {"indiening_id": "indiening", "locatie_id": "locatie"},
}
# So many rows are fetched at a time: a register may be larger than memory.
_BLOK = 2000


@dataclass(slots=True)
class _Telling:
    """What a check found: how many, and the first few by name."""

    aantal: int = 0
    voorbeelden: list[str] = field(default_factory=list)

    def add(self, naam: str) -> None:
        self.aantal += 1
        if len(self.voorbeelden) < 5:
            self.voorbeelden.append(naam)


@dataclass(frozen=True, slots=True)
class Controleverslag:
    """What was checked and what was found; no finding of level `fout` means that it is sound."""

    gebeurtenissen: int
    onderwerpen: int
    bevindingen: tuple[Bevinding, ...]

    @property
    def goed(self) -> bool:
        """Whether nothing is wrong."""
        return not any(b.niveau == "fout" for b in self.bevindingen)


class _Verzameling:
    """Collects what every check finds, in the order of the codes."""

    def __init__(self) -> None:
        self._tellingen: dict[str, tuple[Controle, _Telling]] = {}

    def add(self, controle: Controle, naam: str) -> None:
        self._tellingen.setdefault(controle.code, (controle, _Telling()))[1].add(naam)

    def bevindingen(self) -> tuple[Bevinding, ...]:
        return tuple(
            bevinding
            for _, (controle, telling) in sorted(self._tellingen.items())
            for bevinding in controle.report(telling.aantal, telling.voorbeelden)
        )


def check_register(register: Register) -> Controleverslag:
    """Check a register as it is at one moment, whoever writes meanwhile.

    Raises
    ------
    RegisterError
        When it cannot be read at all.
    """
    with register.databank.reading() as verbinding:
        return check_tables(verbinding)


def check_tables(verbinding: Connection) -> Controleverslag:
    """Check a register on a connection of its own, also one that is being written."""
    uit = _Verzameling()
    _check_file(verbinding, uit)
    toestand: Toestand = {}
    aantal = _check_events(verbinding, toestand, uit)
    onderwerpen = len(toestand)
    ids = _check_state(verbinding, toestand, uit)
    _check_references(verbinding, ids, uit)
    return Controleverslag(aantal, onderwerpen, uit.bevindingen())


def _check_file(verbinding: Connection, uit: _Verzameling) -> None:
    """Let SQLite check its own file; a server checks its own."""
    if verbinding.dialect.name == "sqlite":
        for (melding,) in verbinding.execute(text("PRAGMA integrity_check")):
            if melding != "ok":
                uit.add(BESTAND_BESCHADIGD, str(melding))


def _check_events(verbinding: Connection, toestand: Toestand, uit: _Verzameling) -> int:
    """Check numbers, seals and clock; bring every event into the state. Return how many."""
    tabel = schema.gebeurtenis
    zegel, nummer, aantal = BEGIN, 0, 0
    vorige: datetime | None = None
    for rij in _stream(verbinding, select(tabel).order_by(tabel.c.nummer)):
        aantal += 1
        if rij["nummer"] != nummer + 1:
            uit.add(NUMMER_ONTBREEKT, f"na {nummer} komt {rij['nummer']}")
        nummer = rij["nummer"]
        if seal(rij, zegel) != rij["zegel"]:
            uit.add(ZEGEL_GEBROKEN, f"gebeurtenis {nummer}")
        zegel = rij["zegel"]
        if vorige is not None and rij["tijdstip"] < vorige:
            uit.add(KLOK_TERUG, f"gebeurtenis {nummer}")
        vorige = rij["tijdstip"]
        if rij["onderwerp"] in ONDERWERPEN:
            apply_event(toestand, rij)
        else:
            uit.add(VERWIJZING_LOOS, f"gebeurtenis {nummer}: {rij['onderwerp']}")
    stand = ask(verbinding, select(schema.stand))
    if [(s["nummer"], s["zegel"]) for s in stand] != [(nummer, zegel)]:
        uit.add(STAND_WIJKT_AF, f"gebeurtenis {nummer}")
    return aantal


def _check_state(
    verbinding: Connection, toestand: Toestand, uit: _Verzameling
) -> dict[str, set[str]]:
    """Hold every row against what its events say; return the ids of each kind."""
    ids: dict[str, set[str]] = {naam: set() for naam in ONDERWERPEN}
    sommen: list[int] = []
    for onderwerp in ONDERWERPEN.values():
        for rij in _stream(verbinding, select(onderwerp.tabel)):
            id_ = onderwerp.key(rij)
            ids[onderwerp.naam].add(id_)
            velden = onderwerp.to_velden(rij)
            if onderwerp.invoer:
                sommen.append(digest(onderwerp, id_, velden))
            gezegd = toestand.pop((onderwerp.naam, id_), None)
            if (
                gezegd is None
                or differ(velden, gezegd.velden)
                or rij["versie"] != gezegd.versie
                or rij.get("bronwaarden") != gezegd.bronwaarden
            ):
                uit.add(TOESTAND_WIJKT_AF, f"{onderwerp.naam} {id_}")
            for doel, ander in _references(onderwerp, velden):
                ids.setdefault(f"naar {doel}", set()).add(ander)
    for naam, id_ in toestand:
        uit.add(TOESTAND_WIJKT_AF, f"{naam} {id_}")
    if verbinding.execute(select(schema.stand.c.invoer)).scalar() != add_digests(sommen):
        uit.add(INVOER_WIJKT_AF, "stand")
    return ids


def _references(onderwerp: Onderwerp, velden: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name everything that a row refers to, as kind and id."""
    for veld, doel in _VERWIJZINGEN.get(onderwerp.naam, {}).items():
        waarde = velden.get(veld)
        for id_ in waarde if isinstance(waarde, list) else [waarde]:
            if id_ is not None:
                yield doel, id_


def _check_references(verbinding: Connection, ids: dict[str, set[str]], uit: _Verzameling) -> None:
    for naam in ONDERWERPEN:
        for id_ in sorted(ids.get(f"naar {naam}", set()) - ids[naam]):
            uit.add(VERWIJZING_LOOS, f"{naam} {id_}")
    tabel = gesprekstabellen.peildatum
    inhoud = set(verbinding.execute(select(gesprekstabellen.peildatuminhoud.c.sha256)).scalars())
    for rij in ask(verbinding, select(tabel.c.id, tabel.c.sha256)):
        if rij["sha256"] not in inhoud:
            uit.add(VERWIJZING_LOOS, f"peildatum {rij['id']}: inhoud")
    for kolom in (
        schema.koppeling.c.locatie_id,
        schema.oordeel.c.locatie_id,
        schema.bewijs.c.locatie_id,
        schema.dubbelpaar.c.eerste_id,
        schema.dubbelpaar.c.tweede_id,
    ):
        _check_results(verbinding.execute(select(kolom).distinct()).scalars(), ids, uit)


def _check_results(gebruikt: Iterable[str], ids: dict[str, set[str]], uit: _Verzameling) -> None:
    for id_ in sorted(set(gebruikt) - ids["locatie"]):
        uit.add(RESULTAAT_LOOS, f"locatie {id_}")


def _stream(verbinding: Connection, vraag: Select[Any]) -> Iterator[Rij]:
    """Give rows one by one, without having them all in memory."""
    opties = {"stream_results": True, "yield_per": _BLOK}
    for rij in verbinding.execute(vraag, execution_options=opties).mappings():
        yield {**rij}
