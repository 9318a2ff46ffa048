"""The words of the gesprek: parties, points of the agenda, knelpunten, standpunten."""

from __future__ import annotations

from daeb_locaties.begrippen import Begrip


class Partijsoort(Begrip):
    """Who sits at the table. Source: werkafspraak 5a."""

    GEMEENTE = ("gemeente", "Gemeente")
    CORPORATIE = ("corporatie", "Woningcorporatie")
    PROVINCIE = ("provincie", "Provincie")


class Gesprekssoort(Begrip):
    """A start, and the rounds after it. Source: werkafspraak 5a."""

    STARTGESPREK = ("startgesprek", "Startgesprek")
    RONDE = ("ronde", "Gespreksronde")


class Agendasoort(Begrip):
    """What a point of the agenda is about. Source: werkafspraken 5a and 5b."""

    CONFLICT = ("conflict", "Strijdige gegevens")
    DUBBEL = ("dubbel", "Mogelijk dubbel")
    ONTBREKEND = ("ontbrekend", "Ontbrekend gegeven")
    BOD = ("bod", "Over het bod")
    KANS = ("kans", "Kans")
    BELEMMERING = ("belemmering", "Belemmering")
    OVERIG = ("overig", "Overig")


class Agendastatus(Begrip):
    """Where a point stands."""

    OPEN = ("open", "Open")
    AFGEROND = ("afgerond", "Afgerond")
    VERVALLEN = ("vervallen", "Vervallen")


class Knelpunt(Begrip):
    """What holds a location up. Source: delivery schema of Zuid-Holland (`domein.md` 1.3)."""

    NUTS = ("nutsvoorzieningen", "Aansluiting op nutsvoorzieningen")
    BEREIKBAARHEID = ("bereikbaarheid", "Bereikbaarheid")
    BOUWSECTOR = ("capaciteit_bouwsector", "Capaciteit bouwsector")
    OVERHEID = ("capaciteit_overheid", "Capaciteit overheid")
    BEDRIJVENTERREIN = ("compensatie_bedrijventerreinen", "Compensatie bedrijventerreinen")
    GELUID_INDUSTRIE = ("geluid_industrie", "Geluidhinder – industrie en bedrijven")
    GELUID_VLIEGVERKEER = ("geluid_vliegverkeer", "Geluidhinder – vliegverkeer")
    GELUID_WEG = ("geluid_weg_en_rail", "Geluidhinder – weg- en railverkeer")
    GELUID_NEST = ("geluid_nestgeluid", "Geluidhinder – nestgeluid")
    DRAAGVLAK = ("maatschappelijk_draagvlak", "Maatschappelijk draagvlak")
    NATUUR = ("natuurbescherming", "Natuurbescherming")
    NETCONGESTIE = ("netcongestie", "Netcongestie")
    ONRENDABEL = ("onrendabele_top", "Onrendabele top")
    PARKEREN = ("parkeren", "Parkeren")
    BEZWAAR = ("bezwaarprocedures", "Procedures - Bezwaarprocedures")
    BEROEP = ("beroepsprocedures", "Procedures - Beroepsprocedures")
    STIKSTOF = ("stikstof", "Stikstof")
    GROND = ("vervuilde_grond", "Vervuilde grond")
    ANDERS = ("anders", "Anders")
    GEEN = ("geen", "Geen")
    ONBEKEND = ("onbekend", "Onbekend")


class Standpuntwaarde(Begrip):
    """What a party says of a locatie; a party that has said nothing has agreed to nothing."""

    VOORGESTELD = ("voorgesteld", "Voorgesteld")
    GEZIEN = ("gezien", "Gezien")
    AKKOORD = ("akkoord", "Akkoord")
    NIET_AKKOORD = ("niet_akkoord", "Niet akkoord")


class Toetsuitkomst(Begrip):
    """What the provincie, as assessor, says of a locatie in an indiening."""

    AANVAARD = ("aanvaard", "Aanvaard")
    NIET_AANVAARD = ("niet_aanvaard", "Niet aanvaard")
    AANHOUDEN = ("aanhouden", "Aangehouden")


class Instrument(Begrip):
    """What the provincie can do for a locatie. Source: issue 5 of this project."""

    RO = ("ro_instrument", "RO-instrument")
    LOBBY = ("lobby", "Lobby")
    SUBSIDIE = ("subsidie", "Subsidie")
