"""Reading what a file holds, source by source: an archive stands for the files in it.

Each file in an archive is taken wholly or not at all, as a file on the disk is; what is no
geodata (the text of a plan, a picture) is passed over and named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from kaartlagen.archief import Bronbestand, Lidfout, open_sources
from kaartlagen.bestandsvorm import Vorm, is_aside, sniff
from kaartlagen.controles import LID_GEWEIGERD, LID_OVERGESLAGEN, REEKS_ONVOLLEDIG, Bevinding
from kaartlagen.errors import BijlageError, BronError, KaartlagenError, OnbekendeSoortError
from kaartlagen.gelezen import GelezenLaag, join_parts

T = TypeVar("T")
Lezer = Callable[[Path], tuple[GelezenLaag, ...]]
"""Reads one file, or refuses it with a KaartlagenError."""

_TEKST = frozenset({Vorm.XML, Vorm.CSV, Vorm.XLSX})
"""Forms in which a delivery has its documents too; of no known kind they are passed over."""


@dataclass(frozen=True, slots=True)
class Uitkomst(Generic[T]):
    """What became of the sources in a file: taken, refused, and passed over with the reason."""

    genomen: tuple[T, ...]
    geweigerd: tuple[tuple[Path, KaartlagenError], ...]
    overgeslagen: tuple[tuple[Path, KaartlagenError], ...] = ()

    def findings(self) -> tuple[Bevinding, ...]:
        """Say for the layers that were taken what else was in the archive."""
        weg = [str(fout.melding) for _, fout in self.geweigerd]
        over = [pad.name for pad, _ in self.overgeslagen]
        return (*LID_GEWEIGERD.report(len(weg), weg), *LID_OVERGESLAGEN.report(len(over), over))


def take_sources(
    pad: Path,
    lees: Lezer,
    neem: Callable[[tuple[GelezenLaag, ...]], Sequence[T]],
    werkmap: Path | None = None,
    groot: Callable[[Bronbestand], Sequence[T] | None] | None = None,
) -> Uitkomst[T]:
    """Read every source in a file and hand its layers on.

    Parameters
    ----------
    pad
        Any file.
    lees
        Reads one file.
    neem
        Takes the layers of one source, before the next one is read.
    werkmap
        Folder to unpack in; None for the system's own.
    groot
        Takes a source without ever having all of it in memory; None, or its answer None,
        leaves it to the other two.

    Returns
    -------
    Uitkomst
        A file that is no archive is one source. In an archive without any source that can
        be taken or must be refused, everything is refused.
    """
    genomen: list[T] = []
    geweigerd: list[tuple[Path, KaartlagenError]] = []
    over: list[tuple[Path, KaartlagenError]] = []
    try:
        with open_sources(pad, werkmap) as bronnen:
            for bron in bronnen:
                if isinstance(bron, Lidfout):
                    geweigerd.append((bron.plaats, bron.fout))
                    continue
                try:
                    direct = groot(bron) if groot else None
                    genomen.extend(neem(_read_source(bron, lees)) if direct is None else direct)
                except KaartlagenError as fout:
                    lijst = over if _passed_over(bron, fout) else geweigerd
                    lijst.append((bron.plaats, _named(fout, bron)))
    except KaartlagenError as fout:
        geweigerd.append((pad, fout))
    if not genomen and not geweigerd:
        geweigerd, over = over, []
    return Uitkomst(tuple(genomen), tuple(geweigerd), tuple(over))


def _read_source(bron: Bronbestand, lees: Lezer) -> tuple[GelezenLaag, ...]:
    """Read one source; layers from an archive are called by their name there."""
    if not bron.uit_archief:
        return lees(bron.paden[0])
    delen = [tuple(_renamed(laag, pad, bron) for laag in lees(pad)) for pad in bron.paden]
    lagen = join_parts(delen)
    gaten = REEKS_ONVOLLEDIG.report(len(weg := _missing(bron.paden)), weg)
    if not gaten:
        return lagen
    return (replace(lagen[0], bevindingen=lagen[0].bevindingen + gaten), *lagen[1:])


def _renamed(laag: GelezenLaag, pad: Path, bron: Bronbestand) -> GelezenLaag:
    """Put the name that people know in the place of that of the unpacked file."""
    herkomst = laag.herkomst
    eigen = herkomst.bron.startswith(pad.name)
    return replace(
        laag,
        herkomst=replace(
            herkomst,
            bestand=bron.naam,
            bron=bron.naam + herkomst.bron.removeprefix(pad.name) if eigen else herkomst.bron,
        ),
        bevindingen=tuple(
            replace(
                bev,
                uitleg=_without_folder(bev.uitleg, pad),
                voorbeelden=tuple(_without_folder(naam, pad) for naam in bev.voorbeelden),
            )
            for bev in laag.bevindingen
        ),
    )


def _named(fout: KaartlagenError, bron: Bronbestand) -> KaartlagenError:
    """Say in a refusal which file of the archive it is about."""
    if not bron.uit_archief:
        return fout
    waar = _without_folder(fout.waar, bron.paden[0])
    for pad in bron.paden:
        if waar.startswith(pad.name):
            waar = bron.naam + waar.removeprefix(pad.name)
            break
    else:
        waar = f"{bron.naam}, {waar}" if waar else bron.naam
    wat = _without_folder(fout.wat, bron.paden[0])
    return type(fout)(wat, waar=waar, herstel=fout.herstel)


def _without_folder(tekst: str, pad: Path) -> str:
    return tekst.replace(f"{pad.parent}/", "").replace(f"{pad.parent}\\", "")


def _passed_over(bron: Bronbestand, fout: KaartlagenError) -> bool:
    """Say whether a file of an archive is only there beside the data."""
    if not bron.uit_archief:
        return False
    if isinstance(fout, BijlageError) or is_aside(bron.paden[0]):
        return True
    try:
        return isinstance(fout, OnbekendeSoortError) and sniff(bron.paden[0]) in _TEKST
    except BronError:
        return False


def _missing(paden: Sequence[Path]) -> list[str]:
    """Name the numbers that are absent from a numbered delivery."""
    if len(paden) < 2:
        return []
    nummers = {int(treffer[1]) for pad in paden if (treffer := re.search(r"(\d{6})$", pad.stem))}
    return [
        f"{nummer:06d}" for nummer in range(1, max(nummers, default=0)) if nummer not in nummers
    ]
