"""The mergers of gemeenten in and around the regio Rotterdam: old codes, new codes, dates.

Sources: "CBS" is the list of gemeenten with begin and end dates that the CBS keeps (as in
NLExtract, `gemeentelijke-indeling.csv`); it names no successors. Plans keep the code of the
gemeente that made them for ever (`NL.IMRO.0612...`), so old codes stay in use long after.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Herindeling:
    """One gemeente that went up into another.

    Parameters
    ----------
    oud, oude_naam
        Code of four digits and name of the gemeente that ended.
    nieuw, nieuwe_naam
        The gemeente that its ground belongs to since.
    datum
        First day of the new division.
    opgericht
        True when the new gemeente began on that day; False when it was there before.
    bron
        Where codes, successor and date stand.
    onzeker
        What no public source confirmed (Dutch); empty when all is confirmed.
    """

    oud: str
    oude_naam: str
    nieuw: str
    nieuwe_naam: str
    datum: date
    opgericht: bool
    bron: str
    onzeker: str = ""


_CBS = "CBS, gemeentelijke indeling (codes en datums)"
_LANSINGERLAND = ("1621", "Lansingerland", date(2007, 1, 1), True)
_FLAKKEE = ("1924", "Goeree-Overflakkee", date(2013, 1, 1), True)
_NISSEWAARD = ("1930", "Nissewaard", date(2015, 1, 1), True)
_VOORNE = ("1992", "Voorne aan Zee", date(2023, 1, 1), True)
_NASLAG = "De opvolger staat in een naslagwerk (Wikipedia), niet in de lijst van het CBS."
_STB_FLAKKEE = f"Staatsblad 2012, 311; {_CBS}"
_KOPPELCODES = "KoppelCodes.csv (zie domein.md, paragraaf 7)"

HERINDELINGEN = (
    Herindeling("0492", "Bergschenhoek", *_LANSINGERLAND, _CBS, _NASLAG),
    Herindeling("0493", "Berkel en Rodenrijs", *_LANSINGERLAND, _CBS, _NASLAG),
    Herindeling("0495", "Bleiswijk", *_LANSINGERLAND, _CBS, _NASLAG),
    Herindeling("0600", "Rozenburg", "0599", "Rotterdam", date(2010, 3, 18), False,
                f"Staatsblad 2009, 456 (Kamerstuk 31916); {_CBS}"),
    Herindeling("0504", "Dirksland", *_FLAKKEE, _STB_FLAKKEE),
    Herindeling("0511", "Goedereede", *_FLAKKEE, _STB_FLAKKEE),
    Herindeling("0559", "Middelharnis", *_FLAKKEE, _STB_FLAKKEE),
    Herindeling("0580", "Oostflakkee", *_FLAKKEE, _STB_FLAKKEE),
    Herindeling("0568", "Bernisse", *_NISSEWAARD, _CBS,
                "De opvolger staat in domein.md, niet in de lijst van het CBS."),
    Herindeling("0612", "Spijkenisse", *_NISSEWAARD, _CBS,
                "De opvolger staat in domein.md, niet in de lijst van het CBS."),
    Herindeling("0501", "Brielle", *_VOORNE, _KOPPELCODES),
    Herindeling("0530", "Hellevoetsluis", *_VOORNE, _KOPPELCODES),
    Herindeling("0614", "Westvoorne", *_VOORNE, _KOPPELCODES),
)  # fmt: skip
"""Every merger that is known here; a code that is not in it is not known to have ended."""

_PER_OUD = {herindeling.oud: herindeling for herindeling in HERINDELINGEN}
_BEGIN = {h.nieuw: (h.datum, h.nieuwe_naam) for h in HERINDELINGEN if h.opgericht}


def code_at(code: str, peildatum: date) -> str:
    """Give the code of the gemeente to which the ground of another belonged on a day.

    Parameters
    ----------
    code
        Four digits, of any time.
    peildatum
        The day; from the day of a merger itself the new code counts.

    Returns
    -------
    str
        The successor where the gemeente had ended by then, else the code itself. A code
        of after that day comes back as it is: its ground was then of several gemeenten,
        see `predecessors`.
    """
    while code in _PER_OUD and _PER_OUD[code].datum <= peildatum:
        code = _PER_OUD[code].nieuw
    return code


def predecessors(code: str) -> tuple[str, ...]:
    """Give every code that went up into this one, directly or in steps, in order."""
    directe = [h.oud for h in HERINDELINGEN if h.nieuw == code]
    return tuple(sorted({*directe, *(v for oud in directe for v in predecessors(oud))}))


def existed(code: str, peildatum: date) -> bool | None:
    """Say whether a gemeente existed on a day; None when its time is not known here."""
    einde = _PER_OUD.get(code)
    begin = _BEGIN.get(code)
    if einde is not None:
        return peildatum < einde.datum
    if begin is not None:
        return peildatum >= begin[0]
    return None


def out_of_time(codes: Iterable[str], peildatum: date | None) -> tuple[str, ...]:
    """Say of which codes the time does not fit, one Dutch text each.

    With a peildatum: those that did not exist that day. Without: those that never existed
    at the same time as another of these codes.
    """
    alle = sorted(set(codes))
    if peildatum is not None:
        return tuple(_story(code) for code in alle if existed(code, peildatum) is False)
    begonnen = max((_BEGIN[code][0] for code in alle if code in _BEGIN), default=date.min)
    geeindigd = [code for code in alle if code in _PER_OUD and _PER_OUD[code].datum <= begonnen]
    return tuple(_story(code) for code in geeindigd)


def ended(codes: Iterable[str]) -> tuple[str, ...]:
    """Say which codes have ended since, one Dutch text each."""
    return tuple(_story(code) for code in sorted(set(codes)) if code in _PER_OUD)


def _story(code: str) -> str:
    if code in _PER_OUD:
        h = _PER_OUD[code]
        return f"{code} {h.oude_naam}: sinds {h.datum:%d-%m-%Y} {h.nieuw} {h.nieuwe_naam}"
    datum, naam = _BEGIN[code]
    return f"{code} {naam}: bestaat sinds {datum:%d-%m-%Y}"
