"""A GML collection cut into pieces of whole members, so that its size does not matter.

The pieces are cut at the end tag of a member, found by its bytes. That may be wrong (the
bytes may stand in a comment); who reads a piece must see that it begins and ends between
members, and then so does the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kaartlagen.bronnen.deel import OngeschiktError
from kaartlagen.bronnen.gml_sjabloon import Gmlobject, Objectlezer, Omslag, read_object
from kaartlagen.xmllezen import iter_features

STUK_BYTES = 16_000_000
_MEESTE_KEREN = 4
"""A member may be so many pieces long."""

_KOP_BYTES = 65_536
_ZOEKEN = 1_000
"""So many features are passed over to find one of the right kind."""

_BEGIN = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml(?P<verklaring>[^?]*)\?>)?(?:\s|<!--.*?-->|<\?.*?\?>)*"
    rb"(?P<wortel><(?P<naam>[A-Za-z_][\w.:-]*)(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>)",
    re.DOTALL,
)
_CODERING = re.compile(rb"encoding\s*=\s*[\"'](?P<naam>[^\"']*)[\"']")
_SLOT = rb"\s*</%b\s*>(?:\s|<!--.*?-->|<\?.*?\?>)*"
_TEKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<(?P<sluit>/?)[A-Za-z_](?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Gmlbestand:
    """A collection: what stands around its members, where they begin, and the first feature.

    `slot` is the end tag of the member that holds that feature.
    """

    pad: Path
    omslag: Omslag
    begin: int
    slot: bytes
    eerste: Gmlobject


def open_gml(pad: Path, lezer: Objectlezer) -> Gmlbestand:
    """Open a collection to be read in pieces.

    Raises
    ------
    OngeschiktError
        When its beginning is not plain, or no feature of the kind is among the first.
    BronError
        When it is not well-formed so far.
    """
    with pad.open("rb") as bestand:
        kop = bestand.read(_KOP_BYTES)
    begin = _BEGIN.match(kop)
    if begin is None or begin["wortel"].endswith(b"/>"):
        raise OngeschiktError("the root is not found")
    codering = _CODERING.search(begin["verklaring"] or b"")
    if codering is not None and codering["naam"].lower() not in {b"utf-8", b"us-ascii"}:
        raise OngeschiktError(f"encoding {codering['naam']!r}")
    for nummer, element in enumerate(iter_features(pad)):
        if lezer.accepts(element):
            lid = element.getparent()
            naam = str(lid.tag).rpartition("}")[2]
            slot = f"</{lid.prefix}:{naam}>" if lid.prefix else f"</{naam}>"
            omslag = Omslag(begin["wortel"], b"</" + begin["naam"] + b">")
            return Gmlbestand(pad, omslag, begin.end(), slot.encode(), read_object(element, lezer))
        if nummer == _ZOEKEN:
            break
    raise OngeschiktError("no feature of this kind at the beginning")


def iter_pieces(gml: Gmlbestand) -> Iterator[bytes]:
    """Give the members of a collection in pieces; they are cut after an end tag.

    Raises
    ------
    OngeschiktError
        When a member is very long, or something else than the end of the root follows.
    """
    rest = b""
    with gml.pad.open("rb") as bestand:
        bestand.seek(gml.begin)
        while blok := bestand.read(STUK_BYTES):
            stuk = rest + blok
            grens = stuk.rfind(gml.slot)
            if grens < 0 and len(stuk) > _MEESTE_KEREN * STUK_BYTES:
                raise OngeschiktError("a very long member")
            grens = 0 if grens < 0 else grens + len(gml.slot)
            rest = stuk[grens:]
            if grens:
                yield stuk[:grens]
    naam = gml.omslag.einde[2:-1]
    if re.fullmatch(_SLOT % re.escape(naam), rest, re.DOTALL) is None:
        raise OngeschiktError("something else before the end of the root")


def member_end(stuk: bytes, begin: int) -> int:
    """Find the end of the member (or comment) that begins at a place.

    Raises
    ------
    OngeschiktError
        When it does not end within the piece, or no tag begins there.
    """
    diepte, plek = 0, begin
    while True:
        teken = _TEKEN.match(stuk, plek)
        if teken is None:
            raise OngeschiktError("a piece that does not end between members")
        plek = teken.end()
        if teken["sluit"] is not None:
            if teken["sluit"]:
                diepte -= 1
            elif not teken.group().endswith(b"/>"):
                diepte += 1
        if diepte <= 0:
            return plek
        volgend = stuk.find(b"<", plek)
        if volgend < 0:
            raise OngeschiktError("a piece that does not end between members")
        plek = volgend
