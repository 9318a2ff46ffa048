"""The numbered checks on what the rows of a layer say: doubles, overlaps, codes, dates, counts.

They refuse nothing: the rows are stored, and the finding says what to look at. Numbering and
levels are those of `kaartlagen.controles`; the numbers here begin at 20 or 50 of each hundred.
"""

from __future__ import annotations

from kaartlagen.controles import Controle

DATUM_ONWAARSCHIJNLIJK = Controle(
    "KL120",
    "melding",
    "De datum ligt in de toekomst of voor 1900.",
    "De nieuwste datum beslist welk plan geldt; een schrijffout kan de uitkomst veranderen.",
    "Controleer de datum in de bron.",
)
HERKOMST_BLIJFT = Controle(
    "KL121",
    "melding",
    "Deze inhoud was al ingelezen; wat die momentopname van haar herkomst zegt, is niet gewijzigd.",
    "Een momentopname verandert nooit.",
    "Verwijder haar met `laag verwijder` en lees het bestand opnieuw in.",
)
ELDERS_OOK = Controle(
    "KL122",
    "waarschuwing",
    "Objecten staan ook in een andere bron van deze laag.",
    "Beide bronnen gelden, zodat oppervlakten en aantallen dubbel tellen.",
    "Verwijder met `laag verwijder` de momentopname die niet hoort te gelden.",
)
SPLINTER = Controle(
    "KL320",
    "melding",
    "Vlakken, of delen daarvan, zijn gemiddeld smaller dan 10 cm (splinters).",
    "Zij ontstaan bij tekenen en knippen en zijn dan geen grond.",
    "Bekijk ze op de kaart en verwijder in de bron wat er niet hoort.",
)
RIJ_DUBBEL = Controle(
    "KL321",
    "waarschuwing",
    "Rijen zijn in alles gelijk aan een andere rij, ook in geometrie.",
    "Oppervlakten en aantallen tellen dan dubbel.",
    "Verwijder de dubbele rijen in de bron.",
)
ZELFDE_VLAK = Controle(
    "KL322",
    "waarschuwing",
    "Rijen hebben precies dezelfde geometrie als een andere rij, met andere gegevens.",
    "Op één plek hoort in deze laag één object; oppervlakten kunnen dubbel tellen.",
    "Zoek uit welke rij geldt en verwijder de andere in de bron.",
)
ID_DUBBEL = Controle(
    "KL323",
    "waarschuwing",
    "Een identificatie komt vaker voor.",
    "Dan is niet te zeggen welk object bedoeld is, en wijzigingen zijn niet te volgen.",
    "Geef elk object een eigen identificatie, of verwijder de dubbele.",
)
ID_ONTBREEKT = Controle(
    "KL324",
    "melding",
    "Rijen hebben geen identificatie.",
    "Bij een volgende levering is niet te zien welk object het was.",
    "Lever de identificatie mee.",
)

BESTEMMINGEN_OVERLAPPEN = Controle(
    "KL450",
    "waarschuwing",
    "Enkelbestemmingen van één plan overlappen elkaar.",
    "Op die grond is niet te zeggen welke bestemming geldt; alleen in een TAM-omgevingsplan mag "
    "dat voorkomen.",
    "Vraag de bronhouder om een plan zonder overlap.",
)
HOOFDGROEP_ONBEKEND = Controle(
    "KL451",
    "waarschuwing",
    "De bestemmingshoofdgroep staat niet in de waardelijst van IMRO2008 en IMRO2012.",
    "Zonder bekende hoofdgroep is niet af te leiden of wonen er mag.",
    "Vraag de bronhouder om een geldige hoofdgroep.",
)
TYPE_PLAN_ONBEKEND = Controle(
    "KL452",
    "melding",
    "Het typePlan staat niet in de waardelijst van IMRO2008 en IMRO2012; het is letterlijk "
    "overgenomen.",
    "",
    "Controleer welk soort plan het is.",
)
DOSSIERSTATUS_ONBEKEND = Controle(
    "KL453",
    "waarschuwing",
    "De dossierstatus staat niet in de waardelijst (PRTRI2012, tabel 3); zij is letterlijk "
    "overgenomen.",
    "Zij bepaalt of een plan onherroepelijk is.",
    "Vraag de bronhouder om de geldige dossierstatus.",
)
GEBIEDSGROEP_ONBEKEND = Controle(
    "KL454",
    "melding",
    "De gebiedsaanduidinggroep staat niet in de waardelijst van IMRO2008 en IMRO2012.",
    "Aan de groep is een wijzigingsgebied te herkennen.",
    "Controleer de naam van de aanduiding.",
)

GEMEENTEN_OVERLAPPEN = Controle(
    "KL550",
    "waarschuwing",
    "Gemeenten overlappen elkaar.",
    "Een locatie op die grond telt voor de gemeente met het grootste deel.",
    "Gebruik de gemeentegrenzen van één jaar en één bron.",
)

AANTAL_NEGATIEF = Controle(
    "KL650",
    "waarschuwing",
    "Een aantal toe te voegen woningen is negatief.",
    "Een netto aantal is geen bruto aantal: sloop hoort in een eigen kolom.",
    "Zet te onttrekken woningen in de kolom daarvoor.",
)
AANTAL_ONWAARSCHIJNLIJK = Controle(
    "KL651",
    "melding",
    "Er staan meer dan 1.000 woningen per hectare op het vlak van het plan.",
    "Misschien is het vlak niet dat van het plan, of is het aantal een schrijffout.",
    "Controleer aantal en vlak in de bron.",
)

PERCELEN_OVERLAPPEN = Controle(
    "KL750",
    "waarschuwing",
    "Percelen overlappen elkaar.",
    "Die grond telt dubbel in de screening.",
    "Controleer of het bestand oude versies van percelen of leveringen van twee data bevat.",
)
PERCEEL_ID_AFWIJKEND = Controle(
    "KL751",
    "waarschuwing",
    "Het lokaal id van een perceel heeft niet de 14 cijfers van de BRK.",
    "Voorloopnullen gaan verloren als een id als getal is bewaard; koppelen lukt dan niet.",
    "Bewaar het id als tekst.",
)
SOORT_GROOTTE_ONBEKEND = Controle(
    "KL752",
    "melding",
    "De soort grootte is niet Vastgesteld, Voorlopig of Administratief.",
    "",
    "Controleer de kolom in de bron.",
)
GROOTTE_WIJKT_AF = Controle(
    "KL753",
    "melding",
    "De kadastrale grootte verschilt meer dan 10 % en 10 m2 van de oppervlakte op de kaart.",
    "Gerekend wordt met de oppervlakte op de kaart; aan de kadastrale kaart zijn geen exacte maten "
    "te ontlenen.",
    "Controleer of vlak en gegevens bij hetzelfde perceel horen.",
)

BAG_ID_AFWIJKEND = Controle(
    "KL850",
    "waarschuwing",
    "De identificatie heeft niet de 16 cijfers van de BAG.",
    "Voorloopnullen gaan verloren als een id als getal is bewaard; koppelen lukt dan niet.",
    "Bewaar het id als tekst.",
)
BAG_STATUS_ONBEKEND = Controle(
    "KL851",
    "melding",
    "De status staat niet in de waardelijst van de BAG; zij is letterlijk overgenomen.",
    "De status zegt of een woning in gebruik is.",
    "Controleer de kolom in de bron.",
)
GEBRUIKSDOEL_ONBEKEND = Controle(
    "KL852",
    "melding",
    "Het gebruiksdoel staat niet in de waardelijst van de BAG; het is letterlijk overgenomen.",
    "Het gebruiksdoel zegt of er wordt gewoond.",
    "Controleer de kolom in de bron.",
)
BOUWJAAR_ONWAARSCHIJNLIJK = Controle(
    "KL853",
    "melding",
    "Het bouwjaar ligt voor 1000 of meer dan vijf jaar in de toekomst.",
    "",
    "Controleer het bouwjaar in de bron.",
)

BOPA_DATUMS_OMGEKEERD = Controle(
    "KL950",
    "waarschuwing",
    "Een vergunning is eerder onherroepelijk dan verleend.",
    "Van de datum onherroepelijk hangt de planstatus af.",
    "Controleer beide datums in de bron.",
)
BOPA_VOOR_OMGEVINGSWET = Controle(
    "KL951",
    "melding",
    "Een BOPA is verleend voor 1 januari 2024, de dag waarop de Omgevingswet inging.",
    "Voor die dag bestond deze vergunning niet.",
    "Controleer de datum, of lees het besluit in als omgevingsvergunning (IMRO).",
)
