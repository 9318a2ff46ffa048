"""The numbered rules of the verdict: stable code, title, meaning and source.

A code never changes its meaning and is never used again for another rule. G rules judge
one bit of ground, A rules derive the status of a locatie from its ground, O rules bring
the derived and the declared status together.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Regel:
    """One rule: what it says in Dutch, and where it comes from."""

    code: str
    titel: str
    uitleg: str
    bron: str


_ONTWERP = "afspraak van dit project"
_DOSSIER = "PRTRI2012 tabel 3 (dossierstatus); afspraak van dit project"
_IMRO = "IMRO2012 en IMRO2008"
_SETTING = "instelling [hardheid] in akkoord.toml"

REGELS: dict[str, Regel] = {
    regel.code: regel
    for regel in (
        Regel(
            "G01",
            "Rechtstreekse woonbestemming",
            "De bestemming laat wonen rechtstreeks toe: letter A.",
            f"{_IMRO}, bestemmingshoofdgroep; {_SETTING}",
        ),
        Regel(
            "G02",
            "Uit te werken woonbestemming",
            "De naam van de woonbestemming zegt 'uit te werken': letter B.",
            f"{_IMRO}, naam van de bestemming",
        ),
        Regel(
            "G03",
            "Wijzigingsgebied",
            "Op een bestemming zonder wonen ligt een wijzigingsgebied: letter C.",
            f"{_IMRO}, gebiedsaanduiding wetgevingzone of wro-zone - wijzigingsgebied",
        ),
        Regel(
            "G04",
            "Functieaanduiding wonen",
            "Een functieaanduiding 'wonen' laat wonen rechtstreeks toe: letter A.",
            f"{_IMRO}, functieaanduiding",
        ),
        Regel(
            "G05",
            "Woonbestemming in voorbereiding",
            "Een plan in voorbereiding geeft hier een woonbestemming: klasse 3.",
            _ONTWERP,
        ),
        Regel(
            "G06",
            "De planregels beslissen",
            "Of wonen in deze bestemming mag, staat in de regels en niet op de kaart: onbekend.",
            f"{_IMRO}, bestemmingshoofdgroep; {_SETTING}",
        ),
        Regel(
            "G07",
            "Geen woonbestemming",
            "Het plan laat hier geen woningen toe: dit stuk grond geeft geen klasse.",
            f"{_IMRO}, bestemmingshoofdgroep",
        ),
        Regel(
            "G08",
            "Gestapelde bestemmingen",
            "Binnen een plan liggen bestemmingen op elkaar (TAM-omgevingsplan): onbekend.",
            "IMRO2012 (TAM-omgevingsplan); afspraak van dit project",
        ),
        Regel(
            "G09",
            "Dossierstatus vraagt een mens",
            "Deels in werking, niet in werking of geconsolideerd: nooit vanzelf hard, onbekend.",
            _DOSSIER,
        ),
        Regel("G10", "Vervallen plan", "Het plan is vervallen: onbekend.", _DOSSIER),
        Regel(
            "G11",
            "Voorlopige bestemming",
            "De hoofdgroep is die van de voorlopige bestemming en kan misleiden: onbekend.",
            "PRBP2012 (hoofdgroep van een voorlopige bestemming)",
        ),
        Regel(
            "G12",
            "Planstatus niet te lezen",
            "De planstatus van het plan ontbreekt of is geen IMRO-waarde: onbekend.",
            "IMRO2012 en IMRO2008, waardelijst planstatus",
        ),
        Regel(
            "G13",
            "Bijbehorende grond",
            "Tuin, groen, verkeer of water in hetzelfde plan als de woonbestemming, en niet meer "
            "grond dan die bestemming zelf: telt met haar mee.",
            _SETTING,
        ),
        Regel(
            "G14",
            "Ponsgebied",
            "In een ponsgebied van het omgevingsplan gelden de Wro-plannen niet meer; wat er wel "
            "geldt, staat niet in een planbestand: onbekend. Een TAM-omgevingsplan blijft gelden.",
            "IMOW (Pons); afspraak van dit project",
        ),
        Regel(
            "G15",
            "Vergunning (BOPA)",
            "Een verleende vergunning voor woningen in afwijking van het omgevingsplan geeft de "
            "klasse van het akkoord: verleend 2A, onherroepelijk 1A. Een plan dat wonen "
            "rechtstreeks toelaat gaat voor.",
            f"{_SETTING} (bopa_verleend, bopa_onherroepelijk); afspraak van dit project",
        ),
        Regel(
            "G16",
            "Uitspraak of aanwijzing",
            "Een gerechtelijke uitspraak of reactieve aanwijzing raakt het plan hier: nooit "
            "vanzelf hard, onbekend.",
            "IMRO2012, typePlan van een besluitgebied; afspraak van dit project",
        ),
        Regel(
            "G17",
            "Beheersverordening",
            "Een beheersverordening zonder bestemmingen vervangt het plan eronder; wat zij toelaat "
            "staat in de regels: onbekend.",
            "IMRO2012, typePlan van een besluitgebied; afspraak van dit project",
        ),
        Regel(
            "G18",
            "Besluit met onbekende inhoud",
            "Op grond zonder woonbestemming ligt een jongere vergunning of projectbesluit; of "
            "die woningen toelaat staat niet op de kaart: onbekend.",
            "IMRO2012 en IMRO2008, typePlan van een besluitgebied; afspraak van dit project",
        ),
        Regel(
            "A01",
            "Een klasse",
            "Alle grond die meeweegt geeft dezelfde klasse.",
            _ONTWERP,
        ),
        Regel(
            "A02",
            "Meer klassen",
            "De grond geeft meer klassen; de zachtste telt.",
            _ONTWERP,
        ),
        Regel(
            "A03",
            "Deels zonder klasse",
            "Een deel van de grond geeft geen klasse: afgeleid onbekend, met de aandelen erbij.",
            _ONTWERP,
        ),
        Regel(
            "A04",
            "Geen woonbestemming",
            "Geen enkel deel van de locatie heeft een woonbestemming: afgeleid onbekend.",
            _ONTWERP,
        ),
        Regel("A05", "Geen plan", "Op de locatie ligt geen ingelezen plan: onbekend.", _ONTWERP),
        Regel(
            "A06",
            "Punt",
            "De locatie is een punt; aandelen zijn er niet: afgeleid onbekend.",
            _ONTWERP,
        ),
        Regel(
            "A07",
            "Het plan geeft geen uitsluitsel",
            "De grond ligt in een plan dat geen klasse toelaat (gemengd, deels in werking, "
            "vervallen, gestapeld of voorlopig): afgeleid onbekend, met de reden.",
            _ONTWERP,
        ),
        Regel(
            "A08",
            "Bestaande woningen",
            "Er staan woningen die blijven, en geen maximum zegt dat het plan ruimte voor meer "
            "laat: het plan kan conserverend zijn. Afgeleid onbekend.",
            "BAG (verblijfsobjecten met woonfunctie); instelling [drempels] bestaand_aandeel",
        ),
        Regel(
            "A09",
            "Meer dan het plan toelaat",
            "Er zijn meer woningen gevraagd dan het maximum van het plan toelaat naast de woningen "
            "die blijven. Afgeleid onbekend.",
            "IMRO2012 en IMRO2008, maatvoering aantal wooneenheden",
        ),
        Regel("O01", "Gelijk", "Opgegeven en afgeleid zijn gelijk.", _ONTWERP),
        Regel(
            "O02",
            "Alleen opgegeven",
            "Alleen de opgegeven status is bekend; niet bevestigd.",
            _ONTWERP,
        ),
        Regel(
            "O03",
            "Alleen afgeleid",
            "Alleen de afgeleide status is bekend; niet bevestigd.",
            _ONTWERP,
        ),
        Regel(
            "O04",
            "Strijdig",
            "Opgegeven en afgeleid verschillen: de zachtste telt, en het is een agendapunt.",
            _ONTWERP,
        ),
        Regel("O05", "Niets bekend", "Geen van beide is bekend: onbekend.", _ONTWERP),
        Regel(
            "O06",
            "Hard opgegeven zonder woonbestemming",
            "Opgegeven is een harde klasse, maar het geldende plan laat op de grootste helft van "
            "de locatie geen woningen toe: onbekend, en het is een agendapunt.",
            _ONTWERP,
        ),
        Regel(
            "O07",
            "Besluit van de gemeente",
            "De gemeente heeft met reden anders besloten; het oordeel van de machine blijft staan.",
            _ONTWERP,
        ),
        Regel(
            "O08",
            "Gelijk, onherroepelijkheid niet bekend",
            "Opgegeven is onherroepelijk; het planbestand kan dat niet tonen en geeft vastgesteld. "
            "De zachtste klasse telt; het is geen strijd.",
            "IMRO2012, waardelijst planstatus (zonder onherroepelijk)",
        ),
        Regel(
            "O09",
            "Hard opgegeven, deels zachte grond",
            "Afgeleid is onbekend, maar een deel van de grond geeft een zachte klasse: een harde "
            "opgave houdt dan geen stand; de zachte klasse telt, en het is een agendapunt.",
            _ONTWERP,
        ),
        Regel(
            "O10",
            "Hard opgegeven, meer dan het plan toelaat",
            "Opgegeven is een harde klasse, maar voor meer woningen dan het plan toelaat: "
            "onbekend, en het is een agendapunt.",
            _ONTWERP,
        ),
    )
}
"""All rules by code, in the order in which they are listed."""
