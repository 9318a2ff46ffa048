"""Reading text that repeats itself: pieces that are alike but for the values in them.

A large delivery says the same thing a hundred thousand times: the tags of a perceel, the
names of its columns, only the values differ. A template holds what stays the same, byte for
byte, and what kind of value stands in each gap. A piece that fits a template to the byte
means what the piece from which the template was learnt means, so a compiled loop can take
its values without parsing. What fits no template is left to the parser.

The loop is strict: values with an escape, a reference, a sign that XML forbids or a number
whose rounding is in doubt make a piece not fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from kaartlagen.bronnen.sjabloonlus import (
    Bundel,
    Bytes,
    Gat,
    Nummers,
    Vangst,
    copy_pieces,
)


@dataclass(frozen=True, slots=True)
class Sjabloon:
    """What stays the same, and between its parts the gaps.

    Gap k follows literal k; the last literal has none behind it. `velden` names per gap the
    field that its value is, -1 for none.
    """

    vast: tuple[bytes, ...]
    gaten: tuple[Gat, ...]
    velden: tuple[int, ...]


def bundle(sjablonen: Sequence[Sjabloon]) -> Bundel:
    """Lay templates out for the loop; those that fit most come first."""
    vast = [stuk for s in sjablonen for stuk in s.vast]
    gaten = [int(gat) for s in sjablonen for gat in (*s.gaten, Gat.EINDE)]
    velden = [veld for s in sjablonen for veld in (*s.velden, -1)]
    return Bundel(
        np.frombuffer(b"".join(vast), np.uint8),
        np.cumsum([0, *map(len, vast)], dtype=np.int64),
        np.array(gaten, np.int64),
        np.array(velden, np.int64),
        np.cumsum([0, *(len(s.vast) for s in sjablonen)], dtype=np.int64),
        np.array([s.gaten.count(Gat.PUNTEN) for s in sjablonen], np.int64),
    )


def make_room(rijen: int, velden: int, wkb_bytes: int) -> Vangst:
    """Make room for so many rows and bytes of WKB."""
    return Vangst(
        np.full((rijen, velden), -1, np.int64),
        np.full((rijen, velden), -1, np.int64),
        np.zeros((rijen, velden), np.int8),
        np.empty(wkb_bytes, np.uint8),
        np.zeros(rijen + 1, np.int64),
        np.zeros(1, np.int64),
    )


def gather_text(data: Bytes, begin: Nummers, einde: Nummers) -> pa.Array:
    """Make a column of the texts that stand at some places; null where a place is -1.

    The bytes must be UTF-8: that is for the caller to see to.
    """
    leeg = begin < 0
    plaats = np.zeros(len(begin) + 1, np.int64)
    np.cumsum(np.where(leeg, 0, einde - begin), out=plaats[1:])
    tekens = np.empty(int(plaats[-1]), np.uint8)
    copy_pieces(data, begin, plaats, tekens)
    geldig = pa.array(~leeg).buffers()[1] if leeg.any() else None
    return pa.StringArray.from_buffers(
        len(begin), pa.py_buffer(plaats.astype(np.int32)), pa.py_buffer(tekens), geldig
    )
