"""Ways to damage a file: bytes, blocks, numbers, tags, and the members of an archive."""

from __future__ import annotations

import io
import re
import sqlite3
import struct
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from random import Random

GETALLEN = (
    b"0", b"-1", b"1", b"2147483648", b"-9223372036854775809", b"99999999999999999999", b"1e308",
    b"-1e400", b"1e-320", b"NaN", b"inf", b"0.1", b"", b"155000,5", b"463.000", b"0x10", b"1 2",
    b"155000 463000", b"4.5 52.1", b"52.1", b"5.2",
)  # fmt: skip
WOORDEN = (
    b"EPSG:4326", b"EPSG:28992", b"urn:ogc:def:crs:EPSG::4258", b"EPSG:7415", b"EPSG:4289",
    b"EPSG:99999", b"FeatureCollection", b"Polygon", b"MultiSurface", b"null", b"true", b"{}",
    b"[]",
    b"<a/>", b"</a>", b"&lt;", b"&x;", b"<![CDATA[", b"]]>", b"<!--", b"\x00", b"\xff\xfe", b"\xc3",
    b"\r\n", b'"', b"'", b"gml:Arc", b"srsDimension=\"3\"", b"xlink:href=\"#x\"", b"2024-13-45",
    b"vastgesteld", b"NL.IMRO.0000.x-y",
)  # fmt: skip
WAARDEN = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_GETAL = re.compile(rb"-?\d+(?:\.\d+)?")
_TAG = re.compile(rb"[A-Za-z_][\w:]{2,40}")
_BLAD = re.compile(rb"<([A-Za-z_][\w:.-]*)(?:\s[^<>]*)?>(?:[^<>]|<(?!/?\1\b)[^<>]*>){0,60}</\1>")
_WAARDE = re.compile(rb"(?:(?<=>)(?=[^<>\s])|(?<==\"))([^<>\"]+)(?=[<\"])")
_JSONTEKST = re.compile(rb'"((?:[^"\\]|\\.)*)"')
_VEILIG = (
    b"EPSG:4326", b"EPSG:28992", b"urn:ogc:def:crs:EPSG::4258", b"EPSG:7415", b"EPSG:4289",
    b"EPSG:1", b"vastgesteld", b"2024-13-45", b"NL.IMRO.0000.x-y", b"x", b"#x", b"Polygon",
    b"\xe2\x82\xac", b"wonen", b"155000 463000 155100 463000 155100 463100", b"1 1 1 1 1 1 1 1",
    b"nan nan",
)  # fmt: skip
CELLEN: tuple[object, ...] = (
    None, 0, 1, -1, 2**62, -(2**63), 1e308, -1e308, float("inf"), "", "x", "0" * 5_000,
    "2024-02-30", "é€\U0001f3e0", "NaN", "POLYGON", "geom", 28992, 4326, 99_999, b"",
    b"\x00", b"GP\x00\x01",
)  # fmt: skip
_HAAK = re.compile(rb"[\[\]{}<>(),;]")

Mutatie = Callable[[bytes, Random, Sequence[bytes]], bytes]


def flip(inhoud: bytes, dobbel: Random, _ander: Sequence[bytes]) -> bytes:
    uit = bytearray(inhoud)
    for _ in range(dobbel.choice((1, 1, 2, 4, 16, 64))):
        plek = _place(dobbel, len(uit))
        uit[plek] = dobbel.choice((uit[plek] ^ (1 << dobbel.randrange(8)), dobbel.randrange(256)))
    return bytes(uit)


def write_number(inhoud: bytes, dobbel: Random, _ander: Sequence[bytes]) -> bytes:
    uit = bytearray(inhoud)
    for _ in range(dobbel.choice((1, 1, 3))):
        vorm = dobbel.choice(("<H", ">H", "<I", ">I", "<Q", ">Q"))
        breed = struct.calcsize(vorm)
        if len(uit) > breed:
            waarde = dobbel.choice(WAARDEN) & ((1 << 8 * breed) - 1)
            struct.pack_into(vorm, uit, _place(dobbel, len(uit) - breed), waarde)
    return bytes(uit)


def truncate(inhoud: bytes, dobbel: Random, _ander: Sequence[bytes]) -> bytes:
    return inhoud[: dobbel.randrange(len(inhoud))]


def cut_block(inhoud: bytes, dobbel: Random, _ander: Sequence[bytes]) -> bytes:
    begin, eind = _block(dobbel, len(inhoud))
    return inhoud[:begin] + inhoud[eind:]


def repeat_block(inhoud: bytes, dobbel: Random, _ander: Sequence[bytes]) -> bytes:
    begin, eind = _block(dobbel, len(inhoud))
    keer = dobbel.choice((1, 2, 5, 50)) if eind - begin < 20_000 else 1
    return inhoud[:eind] + inhoud[begin:eind] * keer + inhoud[eind:]


def move_block(inhoud: bytes, dobbel: Random, _ander: Sequence[bytes]) -> bytes:
    begin, eind = _block(dobbel, len(inhoud))
    rest = inhoud[:begin] + inhoud[eind:]
    plek = dobbel.randrange(len(rest) + 1)
    return rest[:plek] + inhoud[begin:eind] + rest[plek:]


def fill_block(inhoud: bytes, dobbel: Random, _ander: Sequence[bytes]) -> bytes:
    begin, eind = _block(dobbel, len(inhoud))
    return (
        inhoud[:begin]
        + dobbel.choice((b"\x00", b"\xff", b" ", b"9")) * (eind - begin)
        + inhoud[eind:]
    )


def splice(inhoud: bytes, dobbel: Random, ander: Sequence[bytes]) -> bytes:
    tweede = dobbel.choice(ander)
    return inhoud[: dobbel.randrange(len(inhoud))] + tweede[dobbel.randrange(len(tweede)) :]


def swap_numbers(inhoud: bytes, dobbel: Random, _ander: Sequence[bytes]) -> bytes:
    return _replace(inhoud, dobbel, _GETAL, GETALLEN)


def swap_tags(inhoud: bytes, dobbel: Random, _ander: Sequence[bytes]) -> bytes:
    return _replace(inhoud, dobbel, _TAG, WOORDEN)


def swap_brackets(inhoud: bytes, dobbel: Random, _ander: Sequence[bytes]) -> bytes:
    return _replace(
        inhoud, dobbel, _HAAK, (b"[", b"]", b"{", b"}", b"<", b">", b"(", b")", b",", b"")
    )


def insert_word(inhoud: bytes, dobbel: Random, _ander: Sequence[bytes]) -> bytes:
    plek = _place(dobbel, len(inhoud))
    woord = dobbel.choice(WOORDEN) * dobbel.choice((1, 1, 1, 1_000))
    return inhoud[:plek] + woord + inhoud[plek:]


def move_element(inhoud: bytes, dobbel: Random, _ander: Sequence[bytes]) -> bytes:
    """Drop, double or displace whole XML elements, so that the file stays well-formed."""
    for _ in range(dobbel.choice((1, 1, 2, 5))):
        een, twee = (_BLAD.search(inhoud, dobbel.randrange(len(inhoud))) for _ in range(2))
        if een is None or twee is None:
            break
        nieuw = dobbel.choice((b"", een[0] * 2, twee[0], een[0] + twee[0]))
        inhoud = inhoud[: een.start()] + nieuw + inhoud[een.end() :]
    return inhoud


def change_text(inhoud: bytes, dobbel: Random, _ander: Sequence[bytes]) -> bytes:
    """Put other words into the leaves and attributes of XML, or into the strings of JSON."""
    patroon = _WAARDE if inhoud.lstrip()[:1] == b"<" else _JSONTEKST
    for _ in range(dobbel.choice((1, 1, 2, 5))):
        treffer = patroon.search(inhoud, dobbel.randrange(len(inhoud)))
        if treffer is None:
            break
        woord = dobbel.choice(GETALLEN + _VEILIG)
        if dobbel.random() < 0.4:
            elders = patroon.search(inhoud, dobbel.randrange(len(inhoud)))
            woord = elders[1] if elders else woord
        inhoud = inhoud[: treffer.start(1)] + woord + inhoud[treffer.end(1) :]
    return inhoud


def change_rows(inhoud: bytes, dobbel: Random, _ander: Sequence[bytes]) -> bytes:
    """Write odd values into a database by its own means."""
    try:
        with closing(sqlite3.connect(":memory:")) as bank:
            bank.deserialize(inhoud)
            namen = [
                rij[0]
                for rij in bank.execute(
                    "select name from sqlite_master where type = 'table' "
                    "and sql not like '%virtual%'"
                )
            ]
            for trigger in bank.execute(
                "select name from sqlite_master where type = 'trigger'"
            ).fetchall():
                bank.execute(f'drop trigger "{trigger[0]}"')
            for _ in range(dobbel.choice((1, 2, 4))):
                tabel = dobbel.choice(namen)
                kolommen = [rij[1] for rij in bank.execute(f'pragma table_info("{tabel}")')]
                rijen = dobbel.choice(("", "where rowid % 3 = 0", "where rowid = 1"))
                kolom = dobbel.choice(kolommen)
                waarde: object = dobbel.choice(CELLEN)
                if dobbel.random() < 0.3:
                    waarde = dobbel.randbytes(dobbel.choice((1, 8, 40, 4_000)))
                opdracht = f'update or ignore "{tabel}" set "{kolom}" = ? {rijen}'  # noqa: S608
                bank.execute(opdracht, (waarde,))
            bank.commit()
            return bank.serialize()
    except (sqlite3.Error, IndexError, OverflowError, UnicodeError):
        return flip(inhoud, dobbel, ())


def damage_member(inhoud: bytes, dobbel: Random, ander: Sequence[bytes]) -> bytes:
    """Damage one file in an archive and pack it again: else the checksum catches all."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhoud)) as oud, zipfile.ZipFile(uit, "w") as nieuw:
        namen = oud.namelist()
        stuk = dobbel.choice(namen)
        for naam in namen:
            lid = oud.read(naam)
            if naam == stuk and lid:
                lid = mutate(lid, dobbel, ander)
            nieuwe_naam = naam
            if naam == stuk and dobbel.random() < 0.1:
                nieuwe_naam = dobbel.choice((f"../{naam}", f"/{naam}", naam.upper(), "a", "é/b"))
            manier = dobbel.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
            nieuw.writestr(nieuwe_naam, lid, manier)
    return uit.getvalue()


_BINAIR: tuple[Mutatie, ...] = (
    flip, flip, write_number, truncate, cut_block, repeat_block, move_block, fill_block, splice,
)  # fmt: skip
_TEKST: tuple[Mutatie, ...] = (
    flip, truncate, cut_block, repeat_block, move_block, splice, swap_brackets, insert_word,
    swap_tags, swap_tags, *[swap_numbers] * 5, *[move_element] * 5, *[change_text] * 7,
)  # fmt: skip


def mutate(inhoud: bytes, dobbel: Random, ander: Sequence[bytes]) -> bytes:
    """Damage a file's bytes in one to three ways that suit what it is."""
    uit = inhoud
    for _ in range(dobbel.choice((1, 1, 1, 2, 3))):
        if not uit:
            break
        if uit.startswith(b"PK\x03\x04") and uit == inhoud and dobbel.random() < 0.8:
            uit = damage_member(uit, dobbel, ander)
            continue
        if uit.startswith(b"SQLite format 3\x00") and dobbel.random() < 0.6:
            uit = change_rows(uit, dobbel, ander)
            continue
        tekst = b"\x00" not in uit[:1_000]
        uit = dobbel.choice(_TEKST if tekst else _BINAIR)(uit, dobbel, ander)
    return uit


def _place(dobbel: Random, lengte: int) -> int:
    """Choose a place; half of the time near the beginning, where the heads are."""
    grens = min(lengte, dobbel.choice((100, 1_000, lengte, lengte)))
    return dobbel.randrange(max(grens, 1))


def _block(dobbel: Random, lengte: int) -> tuple[int, int]:
    begin = dobbel.randrange(lengte)
    return begin, min(lengte, begin + dobbel.choice((1, 8, 100, 1_000, 4_096, 50_000)))


def _replace(
    inhoud: bytes, dobbel: Random, patroon: re.Pattern[bytes], woorden: Sequence[bytes]
) -> bytes:
    """Replace a few of what matches by words from a list, or by another match."""
    for _ in range(dobbel.choice((1, 1, 3, 10))):
        if not inhoud:
            break
        begin = dobbel.randrange(len(inhoud))
        treffer = patroon.search(inhoud, begin) or patroon.search(inhoud)
        if treffer is None:
            break
        elders = patroon.search(inhoud, dobbel.randrange(len(inhoud)))
        nieuw = elders[0] if elders and dobbel.random() < 0.4 else dobbel.choice(woorden)
        inhoud = inhoud[: treffer.start()] + nieuw + inhoud[treffer.end() :]
    return inhoud
