"""Reading XML and GML without trusting it: no entities, no DOCTYPE, no network, streamed.

The one import of lxml. A file is passed feature by feature, so that its size does not
matter, and an element of which nobody knows the class is still handed out to be counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from kaartlagen.errors import BronError

Element = Any
"""An lxml element; lxml carries no types of its own."""

_LIDDIEPTE = 2
"""Features lie two below the root: collection / member / feature."""

_MONSTER = 25
"""So many features are looked at to tell the kind of a file."""

_IN_GEHEUGEN = Path("tekst")
_MONSTER_GEBEURTENISSEN = 200_000
"""And so many starts and ends of elements, for files without features."""


@dataclass(frozen=True, slots=True)
class Wortel:
    """The root element of a file, and what its first members are.

    Local name, its namespace, and all namespaces it declares; `leden` are the distinct
    names (``{namespace}name``) of the first features, two below the root.
    """

    naam: str
    namespace: str
    namespaces: tuple[str, ...]
    leden: tuple[str, ...] = ()


def read_root(pad: Path) -> Wortel:
    """Read the root element and the names of the first features.

    Raises
    ------
    BronError
        When the file is no well-formed XML so far, or has a DOCTYPE.
    """
    wortel: Element = None
    leden: dict[str, None] = {}
    diepte = gezien = 0
    with _dutch_errors(pad):
        stroom = islice(_parse(pad, ("start", "end")), _MONSTER_GEBEURTENISSEN)
        for gebeurtenis, element in stroom:
            if gebeurtenis == "end":
                diepte -= 1
                if diepte == _LIDDIEPTE:
                    gezien += 1
                    _forget(element)
                if gezien == _MONSTER:
                    break
                continue
            if wortel is None:
                _refuse_doctype(element, pad)
                wortel = element
            elif diepte == _LIDDIEPTE:
                leden[str(element.tag)] = None
            diepte += 1
    ruimte = str(wortel.tag).rpartition("}")[0].removeprefix("{")
    ruimten = tuple(sorted(wortel.nsmap.values()))
    return Wortel(local_name(wortel), ruimte, ruimten, tuple(leden))


def iter_features(pad: Path) -> Iterator[Element]:
    """Hand out the features of a collection one by one; each is emptied after its turn.

    Yields
    ------
    Element
        Each element two below the root. Its content is gone when the next one comes.

    Raises
    ------
    BronError
        When the file is cut off or not well-formed.
    """
    with _dutch_errors(pad), pad.open("rb") as bestand:
        yield from _features(bestand, pad)


def iter_features_in(inhoud: bytes) -> Iterator[Element]:
    """Hand out the features of a collection in memory, as `iter_features`.

    Raises
    ------
    BronError
        When the text is not well-formed.
    """
    with _dutch_errors(_IN_GEHEUGEN):
        yield from _features(BytesIO(inhoud), _IN_GEHEUGEN)


def _features(bestand: BinaryIO, pad: Path) -> Iterator[Element]:
    diepte = -1
    for gebeurtenis, element in _parse_stream(bestand, ("start", "end")):
        if gebeurtenis == "start":
            diepte += 1
            if diepte == 0:
                _refuse_doctype(element, pad)
            continue
        if diepte == _LIDDIEPTE:
            yield element
        if 0 < diepte <= _LIDDIEPTE:
            _forget(element)
        diepte -= 1


def iter_named(pad: Path, namen: Collection[str]) -> Iterator[Element]:
    """Hand out the elements of some local names, at any depth; each is emptied after its turn.

    Parameters
    ----------
    pad
        The file.
    namen
        Local names, whatever their namespace; none of them may lie inside another.

    Raises
    ------
    BronError
        When the file is cut off or not well-formed, or has a DOCTYPE.
    """
    gezien = False
    with _dutch_errors(pad):
        for _, element in _parse(pad, ("end",), [f"{{*}}{naam}" for naam in namen]):
            if not gezien:
                _refuse_doctype(element, pad)
                gezien = True
            yield element
            _forget(element)


def local_name(element: Element) -> str:
    """Give the name of an element without its namespace."""
    # Not by QName: a prefix that nobody declared stays in the name, and QName rejects it.
    return str(element.tag).rsplit("}", 1)[-1]


def child(element: Element, *pad: str) -> Element | None:
    """Follow local names down from an element, the first match each time; None when absent."""
    huidig = element
    for naam in pad:
        huidig = next((kind for kind in huidig if local_name(kind) == naam), None)
        if huidig is None:
            return None
    return huidig


def children(element: Element, naam: str) -> list[Element]:
    """Give all direct children with a local name."""
    return [kind for kind in element if local_name(kind) == naam]


def descendant(element: Element, naam: str) -> Element | None:
    """Give the first element of that local name anywhere below; None when absent."""
    return next((lid for lid in element.iter() if lid is not element and local_name(lid) == naam),
                None)  # fmt: skip


def text(element: Element | None) -> str | None:
    """Give the trimmed text of an element; None when it is absent or holds none."""
    if element is None or element.text is None:
        return None
    inhoud: str = element.text.strip()
    return inhoud or None


def attribute(element: Element | None, naam: str) -> str | None:
    """Give an attribute by its local name, whatever its namespace; None when absent."""
    if element is None:
        return None
    for sleutel, waarde in element.attrib.items():
        if str(sleutel).rsplit("}", 1)[-1] == naam:
            return str(waarde)
    return None


def _parse(
    pad: Path, gebeurtenissen: tuple[str, ...], namen: Sequence[str] | None = None
) -> Iterator[tuple[str, Element]]:
    with pad.open("rb") as bestand:
        yield from _parse_stream(bestand, gebeurtenissen, namen)


def _parse_stream(
    bestand: BinaryIO, gebeurtenissen: tuple[str, ...], namen: Sequence[str] | None = None
) -> Iterator[tuple[str, Element]]:
    yield from etree.iterparse(
        bestand,
        events=gebeurtenissen,
        tag=namen,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )


def _refuse_doctype(element: Element, pad: Path) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise BronError(
            "het XML-bestand bevat een DOCTYPE; dat wordt uit veiligheid niet gelezen.",
            waar=pad.name,
            herstel="Vraag de bronhouder om een GML-bestand zonder DOCTYPE.",
        )


def _forget(element: Element) -> None:
    """Free an element and what came before it; the parent would keep them all."""
    element.clear()
    ouder = element.getparent()
    while ouder is not None and element.getprevious() is not None:
        del ouder[0]


@contextmanager
def _dutch_errors(pad: Path) -> Iterator[None]:
    try:
        yield
    except etree.XMLSyntaxError as fout:
        regel = f" (regel {fout.lineno})" if fout.lineno else ""
        raise BronError(
            f"het bestand is afgebroken of geen geldige XML{regel}.",
            waar=pad.name,
            herstel="Download of bewaar het opnieuw.",
        ) from fout
    except OSError as fout:
        raise BronError(
            f"het bestand kan niet worden gelezen ({fout.strerror or fout}).",
            waar=str(pad),
            herstel="Controleer of het bestaat en of u het mag lezen.",
        ) from fout
