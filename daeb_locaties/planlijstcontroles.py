"""The numbered checks on what a planlijst says of status and DAEB homes.

Numbering and levels are those of `kaartlagen.controles`; the codes here begin with DL. They
refuse nothing: what is not known stays unknown, and the finding says of which plannen.
"""

from __future__ import annotations

from collections.abc import Mapping

from daeb_locaties.plantelling import Opmerking
from kaartlagen.controles import Controle

PLANSTATUS_STRIJDIG = Controle(
    "DL601",
    "waarschuwing",
    "Code en woord van de planstatus noemen een andere klasse (bijvoorbeeld 4A. Idee); de status "
    "is onbekend.",
    "Leveranciers verwisselen letters, dus geen van beide is zeker.",
    "Verbeter de status in de bron; de tekst is letterlijk bewaard.",
)
PLANSTATUS_ONLEESBAAR = Controle(
    "DL602",
    "waarschuwing",
    "De planstatus staat niet in de lijst 1A tot en met 5B; de status is onbekend.",
    "",
    "Gebruik een status als '2A. Vastgesteld'; de tekst is letterlijk bewaard.",
)
DAEB_ONBEKEND = Controle(
    "DL603",
    "melding",
    "Van deze plannen is het aantal DAEB-woningen onbekend; zij tellen niet mee in een bod.",
    "De bron noemt geen aantal DAEB-woningen, of alleen een totaal van alle woningen.",
    "Voeg kolommen toe als daeb_nieuwbouw_2026 en daeb_sloop_2026.",
)
PER_OPMERKING: Mapping[Opmerking, Controle] = {
    Opmerking.SOCIAAL_IS_DAEB: Controle(
        "DL604",
        "melding",
        "Sociale huur is geteld als DAEB.",
        "De bron zegt niet of de verhuurder een corporatie is.",
        "Noem het aantal DAEB-woningen zelf als dat anders is.",
    ),
    Opmerking.DEELS_ONBEKEND: Controle(
        "DL605",
        "melding",
        "Van een deel van de woningen is niet bekend of zij DAEB zijn.",
        "Het minimum is wat de bron als DAEB noemt; het maximum telt de onbekende woningen mee.",
        "",
    ),
    Opmerking.ALLEEN_NETTO: Controle(
        "DL606",
        "melding",
        "Van DAEB is alleen het saldo van nieuwbouw en sloop bekend.",
        "Het saldo staat als nieuwbouw (of, onder nul, als sloop), zonder jaar.",
        "Lever nieuwbouw en sloop van DAEB apart aan.",
    ),
    Opmerking.JAAR_ONBEKEND: Controle(
        "DL607",
        "melding",
        "Van DAEB-woningen is het jaar niet bekend; zij tellen in elke periode mee.",
        "De bron noemt geen jaar, of zegt niet welk deel van een jaar DAEB is.",
        "Lever DAEB-woningen per jaar aan.",
    ),
    Opmerking.STRIJDIG: Controle(
        "DL608",
        "waarschuwing",
        "Aantallen van een plan spreken elkaar tegen (jaren, totaal, soorten of saldo).",
        "Jaren gaan voor een totaal; waar ook dat niet helpt, is het aantal DAEB onbekend.",
        "Controleer de aantallen in de bron.",
    ),
    Opmerking.PRIJS_ONBEKEND: Controle(
        "DL609",
        "melding",
        "Van huurwoningen van corporaties is niet bekend of de huur onder de DAEB-grens ligt.",
        "",
        "Vul de huurprijzen in, en de grens per jaar bij [prijsgrenzen] in akkoord.toml.",
    ),
}
