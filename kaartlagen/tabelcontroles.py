"""The numbered checks on tables and planlijsten: which column is which, and where a row lies.

Numbering and levels are those of `kaartlagen.controles`; the numbers here are 10 and
further of the sixth hundred.
"""

from __future__ import annotations

from kaartlagen.controles import Controle

KOLOM_HERKEND = Controle(
    "KL610",
    "melding",
    "Kolommen zijn herkend aan hun kop.",
    "",
    'Klopt er een niet, kies dan zelf met --kolom, bijvoorbeeld --kolom "plannaam=Naam project".',
)
KOLOM_GEKOZEN = Controle(
    "KL611",
    "melding",
    "Kolommen zijn gelezen zoals u koos.",
    "",
    "De keuze wordt in het project onthouden voor bestanden met dezelfde koppen; "
    "--kolom naam= (met niets erachter) neemt haar terug.",
)
RIJ_ZONDER_PLEK = Controle(
    "KL612",
    "fout",
    "Rijen zonder geometrie zijn niet opgenomen.",
    "Zonder plek is er geen vlak om te beoordelen.",
    "Voeg in de tabel een kolom toe: wkt (RD), of x_rd en y_rd, of lon en lat, of "
    "perceelaanduiding (OTL02 B 2298; OTL02 B 2299).",
)
PERCEEL_NIET_GEVONDEN = Controle(
    "KL613",
    "fout",
    "Rijen waarvan niet elk genoemd perceel is gevonden, zijn niet opgenomen.",
    "Een deel van de percelen is niet de locatie.",
    "Verbeter de aanduiding, of lees eerst de percelen van dat gebied in met `laag inlezen`.",
)
PLEK_UIT_PERCELEN = Controle(
    "KL614",
    "melding",
    "Het vlak van deze rijen is dat van de genoemde percelen samen.",
    "",
    "",
)
DETAIL_ZONDER_PLAN = Controle(
    "KL615",
    "waarschuwing",
    "Regels in de tabellen met aantallen horen bij geen enkel plan in het bestand.",
    "Hun woningen zijn bij geen plan geteld.",
    "Lever de tabellen volledig aan.",
)
AANTALLEN_ONLEESBAAR = Controle(
    "KL616",
    "waarschuwing",
    "De aantallen van deze plannen zijn niet te lezen; zij zijn letterlijk bewaard bij `overig`.",
    "Van deze plannen is het aantal woningen onbekend.",
    "Lever het bestand opnieuw aan.",
)
GEREALISEERD_NIET_GEBRUIKT = Controle(
    "KL617",
    "melding",
    "Of woningen zijn gerealiseerd, is niet overgenomen uit bouw_gerealiseerd en "
    "sloop_gerealiseerd.",
    "DIWI vult deze kolommen omgekeerd: Ja voor een jaar dat nog moet komen.",
    "",
)
REGELS_SAMENGENOMEN = Controle(
    "KL618",
    "melding",
    "Regels met hetzelfde nummer en dezelfde naam zijn woningblokken van één project.",
    "Elk project is één rij; elke regel is een woningblok daarin.",
    "",
)
TEKSTCODERING = Controle(
    "KL619",
    "waarschuwing",
    "De tekst is geen UTF-8 en is gelezen als Windows-1252, zoals Excel die schrijft.",
    "",
    "Controleer namen met accenten; bewaar het bestand anders als xlsx, of als csv in UTF-8.",
)
STATUS_UIT_DATUMS = Controle(
    "KL620",
    "melding",
    "De planstatus is de laatste waarvan de begindatum al voorbij is.",
    "Het bestand geeft per status een begindatum.",
    "",
)
STATUS_NIET_TE_KIEZEN = Controle(
    "KL621",
    "waarschuwing",
    "Bij deze plannen is meer dan één planstatus aangekruist, zonder datum die beslist; de status "
    "is leeg gelaten.",
    "",
    "Vul bij elke status de begindatum in.",
)
