"""The field's words as data: code, label, definition and source.

No code is invented here: planstatus classes, components and measures come from the
sources named per enum. A value that is not in a list reads as `onbekend`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Self


class Begrip(StrEnum):
    """A string enum whose members carry a Dutch label and definition."""

    label: str
    definitie: str

    def __new__(cls, code: str, label: str = "", definitie: str = "") -> Self:
        """Make a member whose value is the code."""
        lid = str.__new__(cls, code)
        lid._value_ = code
        lid.label = label
        lid.definitie = definitie
        return lid


class Hardheid(Begrip):
    """How firm a location is planned. Source: VNG DIWI, `planologischePlanstatus`."""

    HARD = ("hard", "Hard", "de woningen kunnen op grond van een vastgesteld plan worden gebouwd")
    ZACHT = ("zacht", "Zacht", "er is nog een planologisch besluit nodig")
    ONBEKEND = ("onbekend", "Onbekend", "de gegevens laten geen oordeel toe")


class Planstatus(Begrip):
    """Planologische status. Source: VNG DIWI, export labels `status_planologisch`."""

    S1A = ("1A", "1A. Onherroepelijk", "onherroepelijk plan met rechtstreekse bouwtitel")
    S1B = ("1B", "1B. Onherroepelijk, uitwerkingsplicht", "onherroepelijk, uitwerking nodig")
    S1C = ("1C", "1C. Onherroepelijk, wijzigingsbevoegdheid", "onherroepelijk, wijziging nodig")
    S2A = ("2A", "2A. Vastgesteld", "vastgesteld plan met rechtstreekse bouwtitel")
    S2B = ("2B", "2B. Vastgesteld, uitwerkingsplicht", "vastgesteld, uitwerking nodig")
    S2C = ("2C", "2C. Vastgesteld, wijzigingsbevoegdheid", "vastgesteld, wijziging nodig")
    S3 = ("3", "3. In voorbereiding", "plan in voorbereiding, nog niet vastgesteld")
    S4A = ("4A", "4A. Visie", "niet in voorbereiding, wel opgenomen in een visie")
    S4B = ("4B", "4B. Idee", "niet in voorbereiding en niet opgenomen in een visie")
    S5A = ("5A", "5A. Ambtelijk met locatie", "locatie bekend, geen principeakkoord")
    S5B = ("5B", "5B. Ambtelijk zonder locatie", "geen locatie, geen principeakkoord")
    ONBEKEND = ("onbekend", "Onbekend", "geen status bekend")

    @property
    def firmness(self) -> int:
        """Rank from firm (0) to soft: 1A, 1B, 2A, 2B, 1C, 2C, 3, 4A, 4B, 5A, 5B, onbekend."""
        return _FIRMNESS.index(self.value)


_FIRMNESS = ("1A", "1B", "2A", "2B", "1C", "2C", "3", "4A", "4B", "5A", "5B", "onbekend")


class Component(Begrip):
    """What happens to homes, with its sign in the balans. Source: `ontwerp.md` section 3."""

    NIEUWBOUW = ("nieuwbouw", "Nieuwbouw")
    SLOOP = ("sloop", "Sloop")
    VERKOOP = ("verkoop", "Verkoop")
    LIBERALISATIE = ("liberalisatie", "Liberalisatie")
    AANKOOP = ("aankoop", "Aankoop")
    TERUG_NAAR_DAEB = ("terug naar DAEB", "Terug naar DAEB")
    TRANSFORMATIE = ("transformatie", "Transformatie")

    @property
    def teken(self) -> int:
        """+1 when the component adds homes to the stock, -1 when it takes them away."""
        return -1 if self.value in {"sloop", "verkoop", "liberalisatie"} else 1


class Maat(Begrip):
    """The two measures of an agreement; DAEB is part of the doelgroepvoorraad."""

    DAEB = ("daeb", "DAEB-woningen")
    DOELGROEPVOORRAAD = ("doelgroepvoorraad", "Doelgroepvoorraad")


class Reden(Begrip):
    """Why the homes of a locatie do not count towards a bod."""

    GEEN_GEMEENTE = ("geen_gemeente", "De locatie ligt in geen bekende gemeente.")
    BUITEN_AKKOORD = ("buiten_akkoord", "De gemeente hoort niet bij het akkoord.")
    GEEN_BOD = ("geen_bod", "Van deze gemeente is geen bod ingelezen.")
    DAEB_ONBEKEND = ("daeb_onbekend", "De bron noemt geen aantal DAEB-woningen.")
    BUITEN_PERIODE = ("buiten_periode", "Alle DAEB-woningen vallen buiten de periode.")
    GEEN_CAPACITEIT = ("geen_capaciteit", "Deze planstatus telt niet als capaciteit.")
    DUBBEL = ("dubbel", "De woningen staan mogelijk ook bij een andere locatie die al meetelt.")


class Paaroordeel(Begrip):
    """What a person decided on two locaties that may hold the same homes."""

    ZELFDE = ("zelfde", "Dezelfde woningen", "de twee locaties zijn een en dezelfde")
    VERSCHILLEND = ("verschillend", "Verschillende woningen", "er staat geen woning tweemaal")
    DEELS = ("deels", "Deels dezelfde woningen", "een deel van de woningen staat bij beide")


class Signaal(Begrip):
    """Something about a locatie that the table must talk about."""

    GEMEENTE_WIJKT_AF = (
        "gemeente_wijkt_af",
        "Opgegeven gemeente wijkt af",
        "de opgegeven gemeente is een andere dan die waarin de locatie ligt",
    )
    OVER_GEMEENTEGRENS = (
        "over_gemeentegrens",
        "Over de gemeentegrens",
        "een deel van de locatie ligt in een andere gemeente",
    )
    GEEN_GEMEENTE = ("geen_gemeente", "Geen gemeente", "de locatie ligt in geen bekende gemeente")
    PLANSTATUS_STRIJDIG = (
        "planstatus_strijdig",
        "Planstatus strijdig",
        "de opgegeven planstatus en het plan ter plaatse spreken elkaar tegen",
    )
    PLANSTATUS_NIET_BEVESTIGD = (
        "planstatus_niet_bevestigd",
        "Planstatus niet bevestigd",
        "de planstatus rust op een enkele bron",
    )
    ONHERROEPELIJK_ONBEKEND = (
        "onherroepelijk_onbekend",
        "Onherroepelijkheid niet bekend",
        "uit het planbestand blijkt niet of het plan onherroepelijk is",
    )
    DEELS_HARD = ("deels_hard", "Deels hard", "een deel van de locatie is hard, een deel niet")
    BESTEMMING_ZONDER_WONEN = (
        "bestemming_zonder_wonen",
        "Geen woonbestemming",
        "het geldende plan laat hier geen woningen toe",
    )
    BESTAANDE_WONINGEN = (
        "bestaande_woningen",
        "Bestaande woningen",
        "op de locatie staan woningen die volgens de opgave blijven",
    )
    MEER_DAN_HET_PLAN = (
        "meer_dan_het_plan",
        "Meer dan het plan toelaat",
        "er zijn meer woningen gevraagd dan het plan er toelaat",
    )
    MOGELIJK_DUBBEL = (
        "mogelijk_dubbel",
        "Mogelijk dubbel",
        "deze woningen staan mogelijk ook bij een andere locatie",
    )
    DAEB_AANTAL_ONBEKEND = (
        "daeb_aantal_onbekend",
        "Aantal DAEB onbekend",
        "de bron noemt geen aantal DAEB-woningen",
    )
    GEEN_VLAK = ("geen_vlak", "Geen vlak", "de locatie is een punt; er is geen oppervlakte bekend")


_STATUSCODE = re.compile(r"^\s*([1-5])\s*([a-c])?(?![a-z0-9])", re.IGNORECASE)


def normalise_planstatus(tekst: str | None) -> Planstatus:
    """Read a declared planstatus in any of the spellings that planlijsten use.

    Parameters
    ----------
    tekst
        The status as the source writes it (``1A Onherroepelijk``, ``1a_onherroepelijk``,
        ``2C. Vastgesteld, wijzigingsbevoegdheid``, ``4B. Optie``), or None.

    Returns
    -------
    Planstatus
        The class, decided by the code **and** the word: where the two contradict each
        other (``4A`` beside ``idee``) neither is believed and it is onbekend, for
        suppliers swap the letters. None and unreadable text are onbekend.
    """
    cijfer, letter, rest = _status_parts(tekst)
    if cijfer is None:
        return _status_by_word(rest)
    code = cijfer + letter
    if code not in set(Planstatus) or _word_contradicts(cijfer, letter, rest):
        return Planstatus.ONBEKEND
    return Planstatus(code)


def planstatus_contradicts_itself(tekst: str | None) -> bool:
    """Whether a declared planstatus has a code and words that name another class."""
    cijfer, letter, rest = _status_parts(tekst)
    if cijfer is None or cijfer + letter not in set(Planstatus):
        return False
    return _word_contradicts(cijfer, letter, rest)


def _status_parts(tekst: str | None) -> tuple[str | None, str, str]:
    """Cut a status in digit, letter and words; the digit is None where there is no code."""
    plat = re.sub(r"[\s_]+", " ", tekst or "").strip().lower()
    treffer = _STATUSCODE.match(plat)
    if treffer is None:
        return None, "", plat
    return treffer.group(1), (treffer.group(2) or "").upper(), plat[treffer.end() :].strip(" .,-:")


def _class_four(rest: str) -> str | None:
    """Tell the letter of class 4 by its words; None where they say nothing of it."""
    if re.search(r"\bniet\b.*\bvisie\b", rest) or re.search(r"\b(idee|optie)\b", rest):
        return "B"
    return "A" if "visie" in rest else None


def _word_contradicts(cijfer: str, letter: str, rest: str) -> bool:
    """Whether the words after the code name another class than the code does."""
    if not rest:
        return False
    if cijfer == "3":
        andere = ("onherroepelijk", "vastgesteld", "visie", "idee", "optie", "ambtelijk")
        return "voorbereiding" not in rest and any(woord in rest for woord in andere)
    if cijfer == "4":
        return _class_four(rest) != letter
    if cijfer == "1" and "onherroepelijk" not in rest:
        return True
    if cijfer == "2" and ("vastgesteld" not in rest or "onherroepelijk" in rest):
        return True
    if cijfer == "5":
        return ("zonder locatie" in rest) != (letter == "B")
    return _suffix_by_word(rest) != letter


def _suffix_by_word(rest: str) -> str:
    if "wijziging" in rest or re.search(r"\bb\s?&?\s?w\b", rest):
        return "C"
    return "B" if "uitwerk" in rest else "A"


def _status_by_word(plat: str) -> Planstatus:
    """Read a status that carries no code, where its word leaves no doubt."""
    for woord, cijfer in (("onherroepelijk", "1"), ("vastgesteld", "2")):
        if plat.startswith(woord):
            return Planstatus(cijfer + _suffix_by_word(plat))
    if plat.startswith("in voorbereiding"):
        return Planstatus.S3
    return Planstatus.ONBEKEND
