"""Learning a template from a GML feature: the reader of single features is asked what it reads.

The tags of a feature stay, its texts become gaps. Which text a reader takes for which field
is found by marking every text and reading the marked feature; which texts are the points of
which ring by putting a ring of its own in each. So whatever a reader selects, from whatever
version of a schema, a template selects too. Two things are asked of a reader: its fields are
texts as they stand (one of them, never a calculation), and it names the texts on which
something else depends: those must then be the same to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely

from kaartlagen.bronnen.gml import Boogteller, GmlFoutError
from kaartlagen.bronnen.sjabloon import Sjabloon
from kaartlagen.bronnen.sjabloonlus import Gat
from kaartlagen.errors import BronError
from kaartlagen.xmllezen import Element, iter_features_in, text

_TAG = re.compile(
    rb"<(?P<sluit>/?)[A-Za-z_][\w.:-]*"
    rb"(?P<attributen>(?:\s+[\w.:-]+\s*=\s*(?:\"[^\"<&]*\"|'[^'<&]*'))*)\s*(?P<leeg>/?)>"
)
_ATTRIBUUT = re.compile(
    rb"\s+(?P<naam>[\w.:-]+)\s*=\s*(?:\"(?P<een>[^\"<&]*)\"|'(?P<ander>[^'<&]*)')"
)
_MERK = re.compile("\ue000(\\d+)\ue001")


@dataclass(frozen=True, slots=True)
class Objectlezer:
    """How the features of a source are read one by one.

    Parameters
    ----------
    velden
        The names of the fields.
    accepts
        Says whether a feature is one of this kind; others are passed over.
    ended
        Gives the name of a version that no longer holds, which is left out; else None.
    values
        Gives the text of every field; see the module on what it may do.
    shape
        Builds the geometry (None when there is none), or raises a GmlFoutError.
    decisive
        Gives the elements whose text decides whether a version has ended.
    """

    velden: tuple[str, ...]
    accepts: Callable[[Element], bool]
    ended: Callable[[Element], str | None]
    values: Callable[[Element], Mapping[str, str | None]]
    shape: Callable[[Element, Boogteller], shapely.Geometry | None]
    decisive: Callable[[Element], Iterable[Element]]


@dataclass(frozen=True, slots=True)
class Gmlobject:
    """One feature as it was read; `vervallen` names a version that no longer holds."""

    waarden: Mapping[str, str | None]
    vorm: shapely.Geometry | None = None
    reden: str | None = None
    teller: Boogteller = field(default_factory=Boogteller)
    vervallen: str | None = None


@dataclass(frozen=True, slots=True)
class Omslag:
    """What stands around the members of a collection: its root, and the end of it."""

    begin: bytes
    einde: bytes

    def features(self, lid: bytes) -> Iterable[Element]:
        """Parse a member as if it stood in its collection."""
        return iter_features_in(self.begin + lid + self.einde)


def read_objects(lid: bytes, omslag: Omslag, lezer: Objectlezer) -> list[Gmlobject]:
    """Read the features of a member, one by one.

    Raises
    ------
    BronError
        When it is not well-formed.
    """
    return [
        read_object(element, lezer) for element in omslag.features(lid) if lezer.accepts(element)
    ]


def read_object(element: Element, lezer: Objectlezer) -> Gmlobject:
    """Read one feature of the right kind."""
    teller = Boogteller()
    vervallen = lezer.ended(element)
    if vervallen is not None:
        return Gmlobject({}, vervallen=vervallen, teller=teller)
    try:
        vorm, reden = lezer.shape(element, teller), None
    except (GmlFoutError, shapely.errors.GEOSException) as fout:
        vorm, reden = None, str(fout)
    return Gmlobject(lezer.values(element), vorm, reden, teller)


def learn_template(lid: bytes, omslag: Omslag, lezer: Objectlezer) -> Sjabloon | None:
    """Make a template of a member that holds one feature; None when that cannot be.

    Parameters
    ----------
    lid
        The member, from its first sign to its last; well-formed.
    omslag
        What stands around it.
    lezer
        Reads its feature.
    """
    stukken = _cut(lid)
    if stukken is None or [lezer.accepts(element) for element in omslag.features(lid)] != [True]:
        return None
    vast, gaten, inhoud = stukken
    try:
        return _assign(Sjabloon(vast, gaten, (-1,) * len(gaten)), inhoud, omslag, lezer)
    except (BronError, GmlFoutError, shapely.errors.GEOSException, _GeenSjabloonError):
        return None


class _GeenSjabloonError(Exception):
    """A reader that does more with texts than take one."""


def _cut(lid: bytes) -> tuple[tuple[bytes, ...], tuple[Gat, ...], tuple[bytes, ...]] | None:
    """Part a member in tags and what differs: its texts and the ids of its elements."""
    plekken: list[tuple[int, int, Gat]] = []
    plek = 0
    while plek < len(lid):
        if lid[plek : plek + 1] != b"<":
            einde = lid.find(b"<", plek)
            tekst = lid[plek:einde]
            if einde < 0 or any(teken in tekst for teken in b"&>\r"):
                return None
            if tekst.strip(b" \t\n\r"):
                plekken.append((plek, einde, Gat.TEKST))
            plek = einde
            continue
        tag = _TAG.match(lid, plek)
        if tag is None:
            return None
        for attribuut in _ATTRIBUUT.finditer(lid, *tag.span("attributen")):
            naam, waarde = attribuut["naam"], attribuut.span(attribuut.lastgroup or 0)
            # The number of points is no part of a template, and tells whether they have heights.
            if naam == b"count":
                return None
            if naam.rsplit(b":", 1)[-1] == b"id" and naam != b"xml:id" and lid[slice(*waarde)]:
                plekken.append((*waarde, Gat.ATTRIBUUT))
        plek = tag.end()
    grenzen = [0, *(grens for van, tot, _ in plekken for grens in (van, tot)), len(lid)]
    vast = tuple(lid[van:tot] for van, tot in zip(grenzen[::2], grenzen[1::2], strict=True))
    return vast, tuple(gat for *_, gat in plekken), tuple(lid[v:t] for v, t, _ in plekken)


def _assign(
    sjabloon: Sjabloon, inhoud: Sequence[bytes], omslag: Omslag, lezer: Objectlezer
) -> Sjabloon:
    """Find out what each gap is for."""
    merken = [f"\ue000{k}\ue001".encode() for k in range(len(inhoud))]
    gemerkt = _first(_fill(sjabloon, merken), omslag)
    velden = [-1] * len(inhoud)
    for nummer, veld in enumerate(lezer.velden):
        waarde = lezer.values(gemerkt)[veld]
        if waarde is None:
            continue
        merk = _MERK.fullmatch(waarde)
        if merk is None or velden[int(merk[1])] >= 0:
            raise _GeenSjabloonError
        velden[int(merk[1])] = nummer
    beslissend = set()
    for element in lezer.decisive(gemerkt):
        if (tekst := text(element)) is not None:
            merk = _MERK.fullmatch(tekst)
            if merk is None:
                raise _GeenSjabloonError
            beslissend.add(int(merk[1]))
    gaten = list(sjabloon.gaten)
    for gat in _ring_gaps(sjabloon, inhoud, omslag, lezer):
        if velden[gat] >= 0:
            raise _GeenSjabloonError
        gaten[gat] = Gat.PUNTEN
    if beslissend & {k for k, veld in enumerate(velden) if veld >= 0 or gaten[k] is Gat.PUNTEN}:
        raise _GeenSjabloonError
    heel = replace(sjabloon, gaten=tuple(gaten), velden=tuple(velden))
    return _closed(heel, inhoud, beslissend)


def _ring_gaps(
    sjabloon: Sjabloon, inhoud: Sequence[bytes], omslag: Omslag, lezer: Objectlezer
) -> list[int]:
    """Give the gaps that hold the rings of the polygon, in order; [] when it has no geometry."""
    ringen = [_ring(k) for k in range(len(inhoud))]
    teksten = [
        " ".join(f"{x:.1f} {y:.1f}" for x, y in ring).encode() if gat is Gat.TEKST else eigen
        for ring, gat, eigen in zip(ringen, sjabloon.gaten, inhoud, strict=True)
    ]
    teller = Boogteller()
    vorm = lezer.shape(_first(_fill(sjabloon, teksten), omslag), teller)
    if vorm is None:
        return []
    if teller.aantal or teller.hoogten or vorm.geom_type != "Polygon":
        raise _GeenSjabloonError
    gaten = [int(ring.coords[0][0]) // 10 for ring in (vorm.exterior, *vorm.interiors)]
    for gat, ring in zip(gaten, (vorm.exterior, *vorm.interiors), strict=True):
        if gat >= len(ringen) or not np.array_equal(np.array(ring.coords), ringen[gat]):
            raise _GeenSjabloonError
    if gaten != sorted(set(gaten)):
        raise _GeenSjabloonError
    return gaten


def _ring(nummer: int) -> list[tuple[float, float]]:
    """Make a ring that tells by its numbers to which gap it belongs."""
    x = 10.0 * nummer
    return [(x, 0.0), (x + 1.0, 0.0), (x + 2.0, 3.0), (x, 0.0)]


def _fill(sjabloon: Sjabloon, inhoud: Sequence[bytes]) -> bytes:
    paren = zip(sjabloon.vast, (*inhoud, b""), strict=True)
    return b"".join(deel for paar in paren for deel in paar)


def _first(lid: bytes, omslag: Omslag) -> Element:
    """Parse a member and give its first feature, of which it keeps hold."""
    return next(iter(omslag.features(lid)))


def _closed(sjabloon: Sjabloon, inhoud: Sequence[bytes], dicht: set[int]) -> Sjabloon:
    """Make some gaps part of what stays the same, with what stands in them."""
    vast, gaten, velden = [sjabloon.vast[0]], [], []
    for k, volgend in enumerate(sjabloon.vast[1:]):
        if k in dicht:
            vast[-1] += inhoud[k] + volgend
        else:
            gaten.append(sjabloon.gaten[k])
            velden.append(sjabloon.velden[k])
            vast.append(volgend)
    return Sjabloon(tuple(vast), tuple(gaten), tuple(velden))
