"""What a file holds to read: itself, or, of a zip file, each file in it as a source of its own.

An archive is unpacked into a temporary folder, never beside the source, under names of our
own making; the folder is gone afterwards.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kaartlagen.bestandsvorm import SHAPEDELEN, Vorm, is_zip, sniff
from kaartlagen.errors import BronError, KaartlagenError
from kaartlagen.geopackage import has_open_log, settled
from kaartlagen.grenzen import current_limits, over_limit, size_text
from kaartlagen.zipkeuring import ZIP_FOUTEN, Budget, Lid, dutch_errors, list_members

_UITPAKMAP = "daeb-uitpakken-"
_OUD_S = 86_400
_REEKS = re.compile(r"(?P<stam>.+)-(?P<nummer>[0-9]{6})\.xml", re.IGNORECASE)
"""A delivery in numbered parts, as the BAG has: 9999VBO08112026-000001.xml."""


@dataclass(frozen=True, slots=True)
class Bronbestand:
    """One source to read, and what people call it.

    `paden` is the file, or the parts of a numbered delivery in their order; `naam` is the
    file's name, or ``levering.zip/map/lid.gml``; `plaats` is the path that the user gave,
    with that name behind it.
    """

    paden: tuple[Path, ...]
    naam: str
    plaats: Path
    uit_archief: bool = False


@dataclass(frozen=True, slots=True)
class Lidfout:
    """A file within an archive that cannot be unpacked, with the reason."""

    naam: str
    plaats: Path
    fout: KaartlagenError


@dataclass(frozen=True, slots=True)
class _Archief:
    """An archive: its file, its name and place for people, where it goes, and its depth."""

    pad: Path
    naam: str
    plaats: Path
    map: Path
    diepte: int

    def of(self, lid: Lid) -> Path:
        """Give the path of a member once it is unpacked."""
        return self.map / lid.doel


@contextmanager
def open_sources(
    pad: Path, werkmap: Path | None = None
) -> Iterator[Iterator[Bronbestand | Lidfout]]:
    """Give the sources in a file, one by one.

    Parameters
    ----------
    pad
        Any file. What is no archive is not looked into, and need not even exist.
    werkmap
        Folder to unpack in; None for the system's own. A source within an archive is there
        until the next one is asked for.

    Yields
    ------
    Iterator of Bronbestand and Lidfout
        In the order of the archive. A numbered delivery is one Bronbestand; a member, or an
        archive within the archive, that cannot be unpacked is a Lidfout.

    Raises
    ------
    BronError
        When the archive itself is damaged, unsafe or over a limit; nothing is unpacked then.
    """
    if _is_open_geopackage(pad):
        with settled(pad, werkmap) as kopie:
            yield iter((Bronbestand((kopie,), pad.name, pad),))
        return
    if not _is_archive(pad):
        yield iter((Bronbestand((pad,), pad.name, pad),))
        return
    budget = Budget(current_limits())
    leden = list_members(pad, pad.name, budget)
    if werkmap is not None:
        _sweep(werkmap)
    with tempfile.TemporaryDirectory(
        prefix=_UITPAKMAP, dir=werkmap, ignore_cleanup_errors=True
    ) as map_:
        yield _sources(_Archief(pad, pad.name, pad, Path(map_), 1), leden, budget)


def _sweep(werkmap: Path) -> None:
    """Clear away what a program that was killed left unpacked, a day ago or longer."""
    for map_ in werkmap.glob(f"{_UITPAKMAP}*"):
        with suppress(FileNotFoundError):  # another program may clear it too
            if time.time() - map_.stat().st_mtime > _OUD_S:
                shutil.rmtree(map_, ignore_errors=True)


def _sources(
    archief: _Archief, leden: Sequence[Lid], budget: Budget
) -> Iterator[Bronbestand | Lidfout]:
    """Unpack an archive and give its sources; archives within it in their turn."""
    fouten = _extract_all(archief, leden)
    for groep in _groups(leden):
        naam = f"{archief.naam}/{groep[0].naam}"
        plaats = archief.plaats / groep[0].naam
        paden = tuple(archief.of(lid) for lid in groep)
        stuk = next((fouten[lid.naam] for lid in groep if lid.naam in fouten), None)
        if stuk is not None:
            yield Lidfout(naam, plaats, stuk)
        elif len(groep) == 1 and _is_archive(paden[0]):
            binnen = _Archief(paden[0], naam, plaats, archief.map, archief.diepte + 1)
            yield from _nested(binnen, budget)
        else:
            if len(groep) > 1:
                naam = f"{naam} t/m {PurePosixPath(groep[-1].naam).name}"
            yield Bronbestand(paden, naam, plaats, uit_archief=True)


def _nested(archief: _Archief, budget: Budget) -> Iterator[Bronbestand | Lidfout]:
    """Give the sources of an archive within an archive, and clear its folder afterwards."""
    map_ = Path(tempfile.mkdtemp(prefix="binnen-", dir=archief.map))
    try:
        grens = current_limits().archief_diepte
        if archief.diepte > grens:
            raise over_limit(
                f"dit zipbestand zit in een zipbestand in een zipbestand (diepte "
                f"{archief.diepte}); de grens is {grens}.",
                "archief_diepte",
                archief.naam,
                "Pak het buitenste zelf uit",
            )
        leden = list_members(archief.pad, archief.naam, budget)
        binnen = _Archief(archief.pad, archief.naam, archief.plaats, map_, archief.diepte)
        yield from _sources(binnen, leden, budget)
    except BronError as fout:
        yield Lidfout(archief.naam, archief.plaats, fout)
    finally:
        shutil.rmtree(map_, ignore_errors=True)


def _extract_all(archief: _Archief, leden: Sequence[Lid]) -> dict[str, BronError]:
    """Unpack all members; give the damaged ones with the reason."""
    fouten: dict[str, BronError] = {}
    nodig = sum(lid.info.file_size for lid in leden)
    vrij = shutil.disk_usage(archief.map).free
    if nodig > vrij:
        raise BronError(
            f"er is geen ruimte om het uit te pakken: nodig is {size_text(nodig)}, vrij is "
            f"{size_text(vrij)}.",
            waar=archief.naam,
            herstel="Maak ruimte vrij, of zet de omgevingsvariabele TMPDIR op een ruimere schijf.",
        )
    with dutch_errors(archief.naam), zipfile.ZipFile(archief.pad) as bron:
        for lid in leden:
            try:
                _extract(bron, lid, archief.of(lid))
            except ZIP_FOUTEN as fout:
                fouten[lid.naam] = BronError(
                    f"dit bestand in het zipbestand is beschadigd ({str(fout)[:120]}).",
                    waar=f"{archief.naam}/{lid.naam}",
                    herstel="Download of kopieer het zipbestand opnieuw.",
                )
    return fouten


def _extract(bron: zipfile.ZipFile, lid: Lid, doel: Path) -> None:
    """Write one member; the library stops at the size that the list gives and checks the sum."""
    doel.parent.mkdir(parents=True, exist_ok=True)
    with bron.open(lid.info) as inhoud, doel.open("xb") as uit:
        shutil.copyfileobj(inhoud, uit, 1_048_576)


def _groups(leden: Sequence[Lid]) -> list[tuple[Lid, ...]]:
    """Put together what is read as one source, and leave out what belongs to another file."""
    namen = {str(lid.doel).casefold() for lid in leden}
    groepen: dict[str, list[Lid]] = {}
    for lid in leden:
        if _belongs_to_other(lid, namen):
            continue
        deel = _REEKS.fullmatch(lid.naam)
        groepen.setdefault(f"{deel['stam']}-*" if deel else lid.naam, []).append(lid)
    return [tuple(sorted(groep, key=lambda lid: lid.naam)) for groep in groepen.values()]


def _belongs_to_other(lid: Lid, namen: set[str]) -> bool:
    """Say whether a file is a part of a Shapefile, or a log of a GeoPackage, that is here too."""
    if lid.doel.suffix.lower() in SHAPEDELEN - {".shp"}:
        return str(lid.doel.with_suffix(".shp")).casefold() in namen
    naam = str(lid.doel).casefold()
    return any(naam.endswith(log) and naam.removesuffix(log) in namen for log in ("-wal", "-shm"))


def _is_archive(pad: Path) -> bool:
    """Say whether a file is a zip file to look into; what else is wrong with it is said later."""
    try:
        return is_zip(pad) and sniff(pad) is Vorm.ZIP
    except BronError:
        return False


def _is_open_geopackage(pad: Path) -> bool:
    """Say whether a file is a GeoPackage of which the newest rows lie in a log beside it."""
    try:
        return has_open_log(pad) and sniff(pad) is Vorm.GEOPACKAGE
    except (BronError, OSError):
        return False
