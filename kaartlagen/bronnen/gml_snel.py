"""Features of a large GML collection: what repeats itself by template, the rest by the parser.

Both give the same rows: a template says what the parser would, or does not fit (see
`gml_sjabloon`), and of every piece one row is read both ways.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from kaartlagen.bronnen.deel import OngeschiktError
from kaartlagen.bronnen.gml import Boogteller
from kaartlagen.bronnen.gml_sjabloon import (
    Gmlobject,
    Objectlezer,
    Omslag,
    learn_template,
    read_objects,
)
from kaartlagen.bronnen.gml_stukken import member_end
from kaartlagen.bronnen.sjabloon import Sjabloon, bundle, gather_text, make_room
from kaartlagen.bronnen.sjabloonlus import Bundel, Vangst, take_pieces

MEESTE_SJABLONEN = 64
_KORTSTE_LID = 150
"""Room is made for rows of so many bytes; when they are shorter, more is made."""


@dataclass(frozen=True, slots=True)
class Objecten:
    """The features of a piece, in its order.

    Parameters
    ----------
    waarden
        Per field its texts.
    wkb
        Geometry in source coordinates; null where absent.
    rijen
        Where each row stands among the features of this kind in the piece, from 0.
    gelezen
        How many there are, those that no longer hold included.
    vervallen
        The names of those.
    onleesbaar
        Per row why its geometry could not be read.
    tellers
        What building geometry changed, per feature that the parser read.
    """

    waarden: dict[str, pa.Array]
    wkb: pa.Array
    rijen: NDArray[np.int64]
    gelezen: int
    vervallen: tuple[str, ...]
    onleesbaar: dict[int, str]
    tellers: tuple[Boogteller, ...]


class Gmllezer:
    """Reads pieces of one collection; threads may do so side by side.

    Parameters
    ----------
    omslag
        What stands around its members.
    lezer
        Reads single features.
    """

    def __init__(self, omslag: Omslag, lezer: Objectlezer) -> None:
        self._omslag = omslag
        self._lezer = lezer
        self._slot = threading.Lock()
        self._sjablonen: list[Sjabloon] = []
        self._bundel: Bundel | None = None

    def read(self, stuk: bytes) -> Objecten:
        """Read the features of a piece.

        Raises
        ------
        OngeschiktError
            When the piece does not begin and end between members, or is no UTF-8.
        BronError
            When a member is not well-formed.
        """
        ruimte = 1
        while True:
            opname = _Opname(stuk, len(self._lezer.velden), ruimte)
            if self._fill(opname):
                return self._finish(opname)
            ruimte *= 4

    def _fill(self, opname: _Opname) -> bool:
        """Take all members of a piece; False when there was too little room."""
        plek, rij = 0, 0
        while True:
            bundel = self._bundel
            begin, eerste = plek, rij
            if bundel is not None:
                plek, rij, waarom = take_pieces(opname.data, plek, bundel, opname.vangst, rij, 0)
                opname.number_taken(eerste, rij)
                if rij > eerste and not opname.gecontroleerd:
                    self._check(opname, begin, eerste)
                if waarom == 2:
                    return False
                if waarom == 0:
                    opname.aantal = rij
                    return True
            plek = opname.skip_space(plek)
            if plek == len(opname.stuk):
                opname.aantal = rij
                return True
            einde = member_end(opname.stuk, plek)
            lid = opname.stuk[plek:einde]
            objecten = read_objects(lid, self._omslag, self._lezer)
            rij_na = opname.add(objecten, rij, self._lezer.velden)
            if rij_na < 0:
                return False
            rij = rij_na
            self._learn(lid, objecten)
            plek = einde

    def _learn(self, lid: bytes, objecten: list[Gmlobject]) -> None:
        """Make a template of a member that held one ordinary feature."""
        if len(objecten) != 1 or objecten[0].vervallen is not None or objecten[0].reden is not None:
            return
        with self._slot:
            if len(self._sjablonen) == MEESTE_SJABLONEN:
                return
            sjabloon = learn_template(lid, self._omslag, self._lezer)
            if sjabloon is not None and sjabloon not in self._sjablonen:
                self._sjablonen.append(sjabloon)
                self._bundel = bundle(self._sjablonen)

    def _check(self, opname: _Opname, begin: int, rij: int) -> None:
        """Read one row that was taken by template by the parser too."""
        begin = opname.skip_space(begin)
        lid = opname.stuk[begin : member_end(opname.stuk, begin)]
        objecten = read_objects(lid, self._omslag, self._lezer)
        if len(objecten) != 1 or not opname.holds(rij, objecten[0], self._lezer):
            raise OngeschiktError("a template that reads otherwise than the parser")
        opname.gecontroleerd = True

    def _finish(self, opname: _Opname) -> Objecten:
        opname.require_utf8()
        n, vangst = opname.aantal, opname.vangst
        data = opname.all_text()
        waarden = {
            veld: gather_text(data, vangst.begin[:n, k], vangst.einde[:n, k])
            for k, veld in enumerate(self._lezer.velden)
        }
        return Objecten(
            waarden=waarden,
            wkb=as_wkb(vangst, n),
            rijen=opname.nummers[:n].copy(),
            gelezen=opname.gelezen,
            vervallen=tuple(opname.vervallen),
            onleesbaar=opname.onleesbaar,
            tellers=tuple(opname.tellers),
        )


class _Opname:
    """A piece under way: what was taken so far."""

    def __init__(self, stuk: bytes, velden: int, ruimte: int) -> None:
        self.stuk = stuk
        self.data = np.frombuffer(stuk, np.uint8)
        self.vangst = make_room(
            ruimte * (len(stuk) // _KORTSTE_LID + 64), velden, ruimte * len(stuk) + 4096
        )
        self.nummers = np.zeros(len(self.vangst.begin), np.int64)
        self.aantal = self.gelezen = 0
        self.gecontroleerd = False
        self.bij = bytearray()
        self.vervallen: list[str] = []
        self.onleesbaar: dict[int, str] = {}
        self.tellers: list[Boogteller] = []

    def number_taken(self, van: int, tot: int) -> None:
        """Number rows that were taken by template."""
        self.nummers[van:tot] = np.arange(self.gelezen, self.gelezen + tot - van)
        self.gelezen += tot - van

    def add(self, objecten: list[Gmlobject], rij: int, velden: tuple[str, ...]) -> int:
        """Add features that the parser read; give the next row, -1 for want of room."""
        for object_ in objecten:
            self.tellers.append(object_.teller)
            if object_.vervallen is not None:
                self.vervallen.append(object_.vervallen)
                self.gelezen += 1
                continue
            wkb = b"" if object_.vorm is None else shapely.to_wkb(object_.vorm)
            begin = int(self.vangst.vorm[rij]) if rij < len(self.nummers) else 0
            if rij >= len(self.nummers) or begin + len(wkb) > len(self.vangst.wkb):
                return -1
            self.vangst.wkb[begin : begin + len(wkb)] = np.frombuffer(wkb, np.uint8)
            self.vangst.vorm[rij + 1] = begin + len(wkb)
            for k, veld in enumerate(velden):
                waarde = object_.waarden[veld]
                self.vangst.begin[rij, k] = self.vangst.einde[rij, k] = -1
                if waarde is not None:
                    tekst = waarde.encode()
                    self.vangst.begin[rij, k] = len(self.stuk) + len(self.bij)
                    self.bij += tekst
                    self.vangst.einde[rij, k] = len(self.stuk) + len(self.bij)
            if object_.reden is not None:
                self.onleesbaar[rij] = object_.reden
            self.number_taken(rij, rij + 1)
            rij += 1
        return rij

    def holds(self, rij: int, object_: Gmlobject, lezer: Objectlezer) -> bool:
        """Say whether a row is what the parser made of it."""
        van, tot = self.vangst.vorm[rij], self.vangst.vorm[rij + 1]
        wkb = self.vangst.wkb[van:tot].tobytes()
        if wkb != (b"" if object_.vorm is None else shapely.to_wkb(object_.vorm)):
            return False
        return all(
            (None if van < 0 else self.stuk[van:tot].decode()) == object_.waarden[veld]
            for veld, van, tot in zip(
                lezer.velden, self.vangst.begin[rij], self.vangst.einde[rij], strict=True
            )
        )

    def skip_space(self, plek: int) -> int:
        """Give the first place from one on that holds no space."""
        while plek < len(self.stuk) and self.stuk[plek] in b" \t\r\n":
            plek += 1
        return plek

    def require_utf8(self) -> None:
        """Leave text that is no UTF-8 to the parser, which says where."""
        if self.vangst.anders[0]:
            try:
                self.stuk.decode("utf-8")
            except UnicodeDecodeError as fout:
                raise OngeschiktError("no UTF-8") from fout

    def all_text(self) -> NDArray[np.uint8]:
        """Give the piece with the texts of the parser behind it."""
        if not self.bij:
            return self.data
        return np.concatenate([self.data, np.frombuffer(bytes(self.bij), np.uint8)])


def as_wkb(vangst: Vangst, aantal: int) -> pa.Array:
    """Give the geometry of rows as Arrow; null where a row has none."""
    plaats = vangst.vorm[: aantal + 1]
    leeg = plaats[1:] == plaats[:-1]
    geldig = pa.array(~leeg).buffers()[1] if leeg.any() else None
    return pa.Array.from_buffers(
        pa.binary(),
        aantal,
        [geldig, pa.py_buffer(plaats.astype(np.int32)), pa.py_buffer(vangst.wkb[: plaats[-1]])],
    )
