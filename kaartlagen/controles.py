"""The numbered checks: each says what it found, why that matters and how to mend it.

A code never changes its meaning and is never used again; new checks get new numbers.
The hundreds tell the subject: 1 file, 2 CRS, 3 geometry, 4 IMRO, 5 gemeenten,
6 planlijst, 7 percelen, 8 BAG and background. Checks of level `fout` refuse rows; their
counts together are the refused rows of a layer.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Niveau = Literal["fout", "waarschuwing", "melding"]

MAX_VOORBEELDEN = 5
"""So many examples a finding names; the count tells of the rest."""


@dataclass(frozen=True, slots=True)
class Bevinding:
    """What one check found in one layer.

    `aantal` counts rows (or objects, where the check is about objects); `voorbeelden`
    names at most `MAX_VOORBEELDEN` of them and is empty when there is nothing to name.
    """

    code: str
    niveau: Niveau
    aantal: int
    uitleg: str
    voorbeelden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Controle:
    """One check: stable code, level, what it sees, why it matters, how to mend it (Dutch)."""

    code: str
    niveau: Niveau
    wat: str
    waarom: str
    herstel: str

    def report(
        self, aantal: int, voorbeelden: Iterable[object] = (), *, uitleg: str = ""
    ) -> tuple[Bevinding, ...]:
        """Give the finding, or nothing when the check saw no row.

        Parameters
        ----------
        aantal
            How many rows it concerns; 0 gives an empty tuple.
        voorbeelden
            Names of the rows; only the first few are kept.
        uitleg
            What this case adds to the general text (Dutch, whole sentences).
        """
        if aantal == 0:
            return ()
        namen = [str(naam) for naam in itertools.islice(voorbeelden, MAX_VOORBEELDEN)]
        tekst = " ".join(deel for deel in (self.wat, uitleg, self.waarom, self.herstel) if deel)
        return (Bevinding(self.code, self.niveau, int(aantal), tekst, tuple(namen)),)


BRONLAAG_OVERGESLAGEN = Controle(
    "KL101",
    "waarschuwing",
    "Deze laag uit het bestand is niet ingelezen.",
    "De soort is niet herkend.",
    "Zeg met --soort wat het is.",
)
LEZER_MELDT = Controle(
    "KL102",
    "waarschuwing",
    "De leesbibliotheek meldt iets over het bestand.",
    "",
    "Controleer het resultaat op de kaart.",
)
BRON_VERVANGEN = Controle(
    "KL103",
    "melding",
    "Deze bron was al ingelezen met een andere inhoud.",
    "De nieuwe momentopname geldt voortaan; de oude blijft bewaard.",
    "",
)
BRONLAAG_VAN_MEER = Controle(
    "KL104",
    "melding",
    "Dit is één van de lagen in het bestand; de andere staan apart in dit overzicht.",
    "",
    "",
)
LID_GEWEIGERD = Controle(
    "KL105",
    "waarschuwing",
    "Deze bestanden uit het zipbestand zijn niet ingelezen.",
    "",
    "De reden staat erbij; lees ze na herstel opnieuw in.",
)
LID_OVERGESLAGEN = Controle(
    "KL106",
    "melding",
    "Deze bestanden uit het zipbestand zijn overgeslagen: het zijn geen geodata, of een "
    "XML-bestand of tabel van een soort die niet gelezen wordt.",
    "",
    "",
)
REEKS_ONVOLLEDIG = Controle(
    "KL107",
    "waarschuwing",
    "Uit de genummerde levering ontbreken delen.",
    "De objecten daarin ontbreken dan ook.",
    "Download de levering opnieuw.",
)
OMGEZET_NAAR_RD = Controle(
    "KL201",
    "melding",
    "De coördinaten zijn omgezet naar RD (EPSG:28992).",
    "",
    "",
)
BUITEN_NEDERLAND = Controle(
    "KL202",
    "fout",
    "Geometrie ligt (deels) buiten Nederland en is niet opgenomen.",
    "",
    "Verbeter de coördinaten in de bron.",
)
CRS_OPGEGEVEN = Controle(
    "KL203",
    "melding",
    "Het opgegeven coördinatenstelsel is gebruikt in plaats van wat het bestand zegt.",
    "",
    "",
)
STELSEL_AFWIJKEND = Controle(
    "KL204",
    "waarschuwing",
    "Het coördinatenstelsel is niet volgens de standaard omschreven.",
    "",
    "Controleer de ligging op de kaart.",
)
GEEN_GEOMETRIE = Controle(
    "KL301",
    "fout",
    "Rijen zonder geometrie zijn niet opgenomen.",
    "",
    "Vul de geometrie aan in de bron.",
)
VERKEERDE_GEOMETRIE = Controle(
    "KL302",
    "fout",
    "Rijen met een andere geometriesoort dan de laag zijn niet opgenomen.",
    "",
    "Lees ze apart in met --soort punten, lijnen of vlakken.",
)
ZONDER_OMVANG = Controle(
    "KL303",
    "fout",
    "Vlakken zonder oppervlakte of lijnen zonder lengte zijn niet opgenomen.",
    "",
    "Verwijder of herteken ze in de bron.",
)
GEOMETRIE_HERSTELD = Controle(
    "KL304",
    "waarschuwing",
    "Ongeldige geometrie is hersteld.",
    "Met een ongeldig vlak is niet te rekenen.",
    "Bekijk de herstelde vlakken op de kaart.",
)
GEOMETRIE_ONLEESBAAR = Controle(
    "KL305",
    "fout",
    "Rijen met onleesbare geometrie zijn niet opgenomen.",
    "",
    "Verbeter de geometrie in de bron.",
)
BOGEN_RECHT = Controle(
    "KL306",
    "melding",
    "Bogen zijn in rechte stukjes verdeeld.",
    "",
    "",
)
HOOGTE_WEG = Controle(
    "KL307",
    "melding",
    "De hoogte (z) is weggelaten.",
    "Lagen zijn tweedimensionaal.",
    "",
)
KLASSE_ONBEKEND = Controle(
    "KL401",
    "waarschuwing",
    "Objecten van deze klassen zijn niet opgenomen.",
    "Er is nog geen laag voor.",
    "",
)
PLANSTATUS_ONBEKEND = Controle(
    "KL402",
    "waarschuwing",
    "De planstatus staat niet in de waardelijst van IMRO; zij is letterlijk overgenomen.",
    "",
    "Vraag de bronhouder om een geldige planstatus.",
)
OBJECT_ZONDER_PLAN = Controle(
    "KL403",
    "fout",
    "Planobjecten zonder verwijzing naar hun plangebied zijn niet opgenomen.",
    "Zonder plan is niet te zeggen wat de status is.",
    "Vraag de bronhouder om een volledig planbestand.",
)
IDN_AFWIJKEND = Controle(
    "KL404",
    "waarschuwing",
    "De identificatie van het plan heeft niet de vorm NL.IMRO.0000.xxxx-xxxx.",
    "",
    "Vraag de bronhouder naar de juiste identificatie.",
)
TAM_PLAN = Controle(
    "KL405",
    "melding",
    "Dit is een TAM-omgevingsplan.",
    "Bestemmingen kunnen elkaar daarin overlappen en hoeven het gebied niet te bedekken.",
    "",
)
DATUM_ONLEESBAAR = Controle(
    "KL406",
    "waarschuwing",
    "De datum is niet te lezen als dag, maand en jaar; zij is leeg gelaten.",
    "",
    "Schrijf datums als JJJJ-MM-DD.",
)
GEEN_GEMEENTE = Controle(
    "KL501",
    "fout",
    "Rijen die geen gemeente zijn, zijn niet opgenomen.",
    "",
    "",
)
GEMEENTE_SAMENGEVOEGD = Controle(
    "KL502",
    "fout",
    "Een gemeentecode kwam vaker voor: de vlakken zijn samengevoegd tot één rij per gemeente.",
    "De overige rijen tellen als niet opgenomen; hun vlak is bewaard.",
    "",
)
GEMEENTENAAM_VERSCHILT = Controle(
    "KL503",
    "waarschuwing",
    "Bij één gemeentecode staan verschillende namen; de eerste is gebruikt.",
    "",
    "Controleer de codes in de bron.",
)
GETAL_ONLEESBAAR = Controle(
    "KL601",
    "waarschuwing",
    "Een aantal is geen heel getal; het is leeg gelaten en letterlijk bewaard bij `overig`.",
    "",
    "Schrijf aantallen als hele getallen.",
)
PLAN_ZONDER_NAAM = Controle(
    "KL602",
    "waarschuwing",
    "Plannen zonder naam.",
    "",
    "Vul de plannaam in.",
)
PLAN_ID_DUBBEL = Controle(
    "KL603",
    "waarschuwing",
    "Een plan_id komt vaker voor.",
    "",
    "Geef elk plan een eigen id.",
)
AANDUIDING_ONVOLLEDIG = Controle(
    "KL701",
    "waarschuwing",
    "Van deze percelen is de kadastrale aanduiding onvolledig; zij is leeg gelaten.",
    "",
    "Neem gemeente (AKR-code), sectie en perceelnummer op in de bron.",
)
PERCEEL_DUBBEL = Controle(
    "KL702",
    "waarschuwing",
    "Een perceel komt vaker voor.",
    "Oppervlakten tellen dan dubbel.",
    "Controleer of het bestand oude versies van percelen bevat.",
)
OW_BEEINDIGD = Controle(
    "KL901",
    "fout",
    "OW-objecten met de status beëindigd zijn niet opgenomen.",
    "Zij gelden niet meer.",
    "",
)
OW_ONTWERP = Controle(
    "KL902",
    "fout",
    "OW-objecten uit een ontwerp zijn niet opgenomen.",
    "Een ontwerp geldt nog niet.",
    "Lees de vastgestelde versie in zodra die er is.",
)
OW_ZONDER_GEOMETRIE = Controle(
    "KL903",
    "fout",
    "OW-objecten waarvan het gebied niet volledig te vinden is, zijn niet opgenomen.",
    "Hun gebied staat in andere bestanden; gezocht is alleen in dezelfde map.",
    "Zet alle bestanden van de levering (owLocaties en de GML-bestanden) bij elkaar in één map.",
)
OW_KLASSE_ZONDER_LAAG = Controle(
    "KL904",
    "waarschuwing",
    "OW-objecten van deze soorten zijn niet opgenomen.",
    "Er is geen laag voor.",
    "",
)
OW_BUUR_ONLEESBAAR = Controle(
    "KL905",
    "waarschuwing",
    "Bestanden in dezelfde map, die nodig konden zijn, zijn niet te lezen.",
    "",
    "Download of kopieer ze opnieuw.",
)
PONS_NIET_GENOEMD = Controle(
    "KL906",
    "waarschuwing",
    "Dit informatieobject heet pons, maar geen owPons in dezelfde map wijst het aan.",
    "Als functiegebied laat het de Wro-plannen gelden.",
    "Zet owPons en owLocaties ernaast, of lees het in met --soort ponsgebieden.",
)
OW_AMBTSGEBIED = Controle(
    "KL907",
    "fout",
    "Objecten met het ambtsgebied als locatie zijn niet opgenomen.",
    "Een ambtsgebied verwijst naar bestuurlijke grenzen en heeft zelf geen geometrie.",
    "Lees voor die grenzen de gemeenten in.",
)
PLAN_HISTORISCH = Controle(
    "KL431",
    "fout",
    "Rijen die als historisch zijn gemerkt, zijn niet opgenomen.",
    "Het bevoegd gezag heeft die plannen buiten gebruik gesteld.",
    "",
)
PLANRIJ_HERHAALD = Controle(
    "KL432",
    "fout",
    "Rijen die in alles gelijk zijn aan een eerdere rij van het plan, zijn niet opgenomen.",
    "Zij zouden op elkaar liggen; het object zelf is opgenomen.",
    "",
)
PLANGEBIED_AFGELEID = Controle(
    "KL433",
    "waarschuwing",
    "Van deze plannen is het plangebied samengesteld uit hun enkelbestemmingen.",
    "De bron bevat alleen objecten; naam en overheid van het plan ontbreken.",
    "Lees ook de laag Bestemmingsplangebied in.",
)
PLANFEIT_VERSCHILT = Controle(
    "KL434",
    "waarschuwing",
    "Objecten van één plan spreken elkaar tegen over dat plan; het gegeven is leeg gelaten.",
    "",
    "Lees de laag Bestemmingsplangebied in, of haal de objecten opnieuw op.",
)
MAATVOERING_LETTERLIJK = Controle(
    "KL435",
    "waarschuwing",
    'De waarde van een maatvoering heeft niet de vorm "naam"="waarde"; zij is letterlijk bewaard.',
    "",
    "",
)
BOPA_ZONDER_VLAK = Controle(
    "KL911",
    "fout",
    "Vergunningen (BOPA) die als punt of lijn zijn ingetekend, zijn niet opgenomen.",
    "Een punt heeft geen oppervlakte, dus is niet te zeggen welke grond is vergund.",
    "Teken het vlak van de vergunning, bijvoorbeeld de percelen.",
)
BOPA_ZONDER_DATUM = Controle(
    "KL912",
    "waarschuwing",
    "Van deze vergunningen (BOPA) is geen dag van verlening of onherroepelijkheid bekend.",
    "Zij tellen dan niet mee.",
    "Vul de datum aan in de bron.",
)
