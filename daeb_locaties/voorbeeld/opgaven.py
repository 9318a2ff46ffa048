"""The locaties of the planlijst as data: where, on which plan, with which declared status.

The order decides who gets which site. Every planstatus stands here in more than one
spelling, in agreement and in conflict with the plan on the ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Bijzonder = Literal[
    "",
    "deel_van",  # lies on part of the locatie named in `bij`
    "zelfde_grond",  # the very ground of the locatie named in `bij`, by another corporatie
    "over_grens",  # drawn over a gemeente border
    "andere_gemeente",  # the list names another gemeente than the one it lies in
    "zonder_daeb",  # the list gives no number of DAEB homes
    "sloop",  # homes come down first
    "marge",  # a least and a most beside the likely number
    "na_periode",  # all homes after the period of the agreement
    "twee_corporaties",
    "zonder_gemeente",
]


@dataclass(frozen=True, slots=True)
class Opgave:
    """One locatie of the planlijst.

    `plek` is the kind of site, `gemeente` the wanted gemeente index, `recept` the newer
    plan, `status` the declared planstatus as the list writes it (None: left empty).
    """

    naam: str
    plek: str
    gemeente: int
    recept: str
    status: str | None
    bijzonder: Bijzonder = ""
    bij: str = ""


OPGAVEN = (
    # Agree with the plan on the ground.
    Opgave("Molenhof", "uitleg", 0, "oud", "1A. Onherroepelijk"),
    Opgave("De Meander", "uitleg", 1, "oud", "1a_onherroepelijk", "marge"),
    Opgave("Rietzoom", "uitleg", 2, "oud", "1A Onherroepelijk"),
    Opgave("Zwaluwtuinen", "uitleg", 0, "uitwerking_oud", "1B. Onherroepelijk, uitwerkingsplicht"),
    Opgave("Lage Weide", "uitleg", 3, "uitwerking_oud", "1b onherroepelijk met uitwerking nodig"),
    Opgave("Korenkamp", "uitleg", 1, "wijziging_oud", "1C. Onherroepelijk, wijzigingsbevoegdheid"),
    Opgave("Dijkzicht", "uitleg", 4, "wijziging_oud", "1C_onherroepelijk_met_bw_nodig"),
    Opgave("Kwekerij Oost", "uitleg", 0, "vast", "2A. Vastgesteld"),
    Opgave("Schoolstraat-Singel", "inbreiding", 0, "vast", "2a vastgesteld", "marge"),
    Opgave("Het Lichtschip", "inbreiding", 1, "vast", "2A_VASTGESTELD", "twee_corporaties"),
    Opgave("Hof van Linder", "inbreiding", 2, "vast", "2A. Vastgesteld"),
    Opgave("Achter de Kerk", "inbreiding", 3, "vast", "2A Vastgesteld"),
    Opgave("Groene Loper", "uitleg", 0, "uitwerking", "2B. Vastgesteld, uitwerkingsplicht"),
    Opgave("Waterkant", "uitleg", 1, "uitwerking", "2b_vastgesteld_met_uitwerking_nodig"),
    Opgave("Hooilanden", "uitleg", 0, "wijziging", "2C. Vastgesteld, wijzigingsbevoegdheid"),
    Opgave("Ooievaarsnest", "uitleg", 2, "wijziging", "2C_vastgesteld_met_bw_nodig"),
    Opgave("Poldervaart", "uitleg", 0, "ontwerp", "3. In voorbereiding"),
    Opgave("Spoorzone West", "inbreiding", 0, "ontwerp", "3 In Voorbereiding"),
    Opgave("Bloesempark", "uitleg", 3, "voorontwerp", "3_in_voorbereiding", "marge"),
    # Later plans on earlier ones.
    Opgave("Vlindertuin", "uitleg", 0, "uitgewerkt", "2A. Vastgesteld"),
    Opgave("De Hoeve", "uitleg", 1, "gewijzigd", "2A. Vastgesteld"),
    Opgave("Gasthuishof", "inbreiding", 0, "versies", "2A. Vastgesteld"),
    # Nothing on the ground yet; the list alone speaks.
    Opgave("Stationskwartier", "inbreiding", 0, "geen", "4A. Visie"),
    Opgave("Noordrand", "uitleg", 0, "geen", "4a_opgenomen_in_visie"),
    Opgave("Weteringzicht", "uitleg", 1, "geen", "4A Visie"),
    Opgave("Boomgaard", "uitleg", 2, "geen", "4B. Idee"),
    Opgave("Veerpad", "uitleg", 3, "geen", "4B. Optie"),
    Opgave("Sportlaan", "inbreiding", 0, "geen", "4b_niet_opgenomen_in_visie"),
    Opgave("Oude Werf", "inbreiding", 1, "geen", "4A. Idee"),
    Opgave("Kanaalkade", "uitleg", 0, "geen", "5A. Ambtelijk met locatie"),
    Opgave("Zuiderzoom", "uitleg", 4, "geen", "5a ambtelijk met locatie"),
    Opgave("Zoekgebied Oost", "uitleg", 1, "geen", "5B. Ambtelijk zonder locatie"),
    # The list says nothing, or nothing that can be read.
    Opgave("Tuinderij", "uitleg", 0, "vast", "Onbekend"),
    Opgave("Wevershof", "inbreiding", 1, "vast", None),
    Opgave("Bakkerij", "inbreiding", 2, "geen", "nader te bepalen"),
    Opgave("Lindehof", "uitleg", 3, "ontwerp", "onbekend"),
    # In conflict with the plan on the ground.
    Opgave("Kasteellaan", "uitleg", 0, "ontwerp", "1A. Onherroepelijk"),
    Opgave("Broekzijde", "uitleg", 1, "wijziging", "2A. Vastgesteld"),
    Opgave("Melkfabriek", "inbreiding", 0, "geen", "2A. Vastgesteld"),
    Opgave("Eikenlaan", "inbreiding", 0, "vast", "4B. Idee"),
    Opgave("Vaartzicht", "uitleg", 2, "uitwerking", "1A. Onherroepelijk"),
    Opgave("Kloostertuin", "inbreiding", 1, "oud", "3. In voorbereiding"),
    # Never hard by themselves.
    Opgave("Nieuwe Haven", "inbreiding", 0, "tam", "2A. Vastgesteld"),
    Opgave("Marktzijde", "inbreiding", 1, "gemengd", "2A. Vastgesteld"),
    Opgave("Oude Mavo", "inbreiding", 0, "functie", "2A. Vastgesteld"),
    Opgave("Tijdelijk Wonen Vaart", "uitleg", 3, "voorlopig", "2A. Vastgesteld", "zonder_daeb"),
    # Partly hard.
    Opgave("Waterrijk", "uitleg", 0, "deels", "2A. Vastgesteld"),
    Opgave("Akkerrand", "uitleg", 1, "deels", "1A. Onherroepelijk"),
    Opgave("Singelpark", "uitleg", 2, "deels", None),
    # Demolition and new homes on the ground of old ones.
    Opgave("Merelbuurt", "sloop", 0, "geen", "2A. Vastgesteld", "sloop"),
    Opgave("Herstructurering Vogelwijk", "sloop", 0, "vast", "2A. Vastgesteld", "sloop"),
    Opgave("Tulpplein", "sloop", 1, "geen", "1A. Onherroepelijk", "sloop"),
    # Traps of the list itself.
    Opgave(
        "De Meander fase 2", "uitleg", 1, "geen", "1A. Onherroepelijk", "deel_van", "De Meander"
    ),
    Opgave("Groene Loper Zuid", "uitleg", 0, "geen", "3", "deel_van", "Groene Loper"),
    Opgave(
        "Lichtschip (blok B)",
        "uitleg",
        1,
        "geen",
        "2A. Vastgesteld",
        "zelfde_grond",
        "Het Lichtschip",
    ),
    Opgave("MOLENHOF", "uitleg", 0, "geen", "1A. Onherroepelijk"),
    Opgave("Grensveld", "uitleg", 0, "vast", "2A. Vastgesteld", "over_grens"),
    Opgave("Parallelweg", "inbreiding", 0, "vast", "2A. Vastgesteld", "andere_gemeente"),
    Opgave("Rozenhof", "inbreiding", 3, "geen", "4A. Visie", "zonder_gemeente"),
    Opgave("Horizon", "uitleg", 4, "ontwerp", "3. In voorbereiding", "na_periode"),
    Opgave('<script>alert(1)</script> & "Hof"', "inbreiding", 0, "vast", "2A. Vastgesteld"),
)
"""The locaties of the default region."""

PUNTEN = (
    Opgave("Zoekgebied Centrum", "punt", 0, "geen", "5B. Ambtelijk zonder locatie"),
    Opgave("Woningsplitsing binnenstad", "punt", 0, "geen", "4B. Idee"),
)
"""Locaties of which only a point is known; they stand in a file of their own."""
