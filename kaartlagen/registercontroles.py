"""The numbered checks on what the BRK, BAG, BGT, TOP10NL and CBS say of time and kind.

As in `kaartlagen.controles`: a code never changes its meaning and is never used again.
"""

from __future__ import annotations

from kaartlagen.controles import Controle

GEMEENTECODE_ANDERE_TIJD = Controle(
    "KL504",
    "waarschuwing",
    "Gemeentecodes uit een andere tijd dan de peildatum of dan de andere codes in het bestand.",
    "Een gemeente die niet meer of nog niet bestaat, krijgt geen locaties en geen bod.",
    "Lees de gemeenten van de juiste peildatum in, of zet de peildatum goed met --peildatum.",
)
GEMEENTECODE_VERVALLEN = Controle(
    "KL505",
    "melding",
    "Gemeentecodes die inmiddels zijn opgegaan in een andere gemeente.",
    "Het bestand toont een oude indeling.",
    "Lees voor de indeling van nu een nieuwer bestand in.",
)
PERCEEL_VERVALLEN = Controle(
    "KL703",
    "fout",
    "Vervallen versies van percelen zijn niet opgenomen.",
    "Naast het perceel van nu zouden zij dubbel tellen.",
    "",
)
PERCEEL_ALLEEN_PUNT = Controle(
    "KL704",
    "fout",
    "Punten in een perceelbestand zijn niet opgenomen: het zijn de plekken van perceelnummers.",
    "Een punt heeft geen oppervlakte.",
    "Lees het GML-bestand van de Kadastrale kaart zelf in, of een laag met de vlakken.",
)
BAG_NIET_ACTUEEL = Controle(
    "KL801",
    "fout",
    "Voorkomens uit de BAG die niet gelden, zijn niet opgenomen.",
    "Een object heeft per wijziging een voorkomen; alleen dat van de standdatum telt.",
    "",
)
BAG_ANDER_OBJECT = Controle(
    "KL802",
    "waarschuwing",
    "Andere objecten uit de BAG dan panden en verblijfsobjecten zijn niet gelezen.",
    "Er is geen laag voor.",
    "",
)
VBO_VLAK = Controle(
    "KL803",
    "melding",
    "Verblijfsobjecten met een vlak staan als een punt binnen dat vlak in de laag.",
    "",
    "",
)
BOUWJAAR_ONBEKEND = Controle(
    "KL804",
    "melding",
    "Het bouwjaar 9999 staat voor onbekend; het is leeg gelaten.",
    "",
    "",
)
GEBRUIKSDOEL_ONTBREEKT = Controle(
    "KL805",
    "waarschuwing",
    "Verblijfsobjecten zonder gebruiksdoel.",
    "Of er gewoond wordt, is daarvan niet bekend.",
    "",
)
BAG_DUBBEL = Controle(
    "KL806",
    "waarschuwing",
    "Een identificatie uit de BAG komt vaker voor.",
    "Woningen tellen dan dubbel.",
    "Controleer of het bestand oude voorkomens bevat.",
)
ACHTERGROND_NIET_ACTUEEL = Controle(
    "KL811",
    "fout",
    "Vervallen of geplande objecten zijn niet opgenomen in de achtergrond.",
    "De achtergrond toont wat er nu is.",
    "",
)
ACHTERGROND_STELSEL = Controle(
    "KL812",
    "melding",
    "Het bestand noemt geen coördinatenstelsel; RD is aangehouden, want daarin is dit product.",
    "De getallen passen erbij.",
    "",
)
ACHTERGROND_OVERIG = Controle(
    "KL813",
    "melding",
    "Objecten van deze klassen staan als `overig` in de achtergrond.",
    "",
    "",
)
