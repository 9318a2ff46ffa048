"""The form of a file by its first bytes, never by its name: GeoPackage, GeoJSON, XML ...

Only forms on this list are opened, so that no other driver of the reading library ever
sees a user's file, and of those only what holds nothing but data.
"""

from __future__ import annotations

import os
import re
import stat
import struct
from enum import Enum
from pathlib import Path

from kaartlagen.errors import BijlageError, BronError
from kaartlagen.geopackage import require_plain_tables
from kaartlagen.grenzen import require_size
from kaartlagen.zipkeuring import open_zip


class Vorm(Enum):
    """The file forms that are read; the value is the name for people."""

    GEOPACKAGE = "GeoPackage"
    GEOJSON = "GeoJSON"
    SHAPEFILE = "Shapefile"
    FLATGEOBUF = "FlatGeobuf"
    XML = "XML"
    XLSX = "Excel (xlsx)"
    CSV = "csv"
    ZIP = "zipbestand"


_KOP = 65_536
SHAPEDELEN = frozenset({".shp", ".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".idx"})
"""The files that a Shapefile is made of."""

_ZIP_BEGIN = (b"PK\x03\x04", b"PK\x05\x06")
_VORMEN_LIJST = "GeoPackage, GeoJSON, Shapefile, FlatGeobuf, xlsx, csv of GML (IMRO, BRK)"
_BEWAAR = f"Bewaar de gegevens als {_VORMEN_LIJST} en lees dat bestand in."
_CSV_TEKENS = (b";", b",", b"\t", b"|")
_CSV_REGELS = 50
_GEEN_TEKST = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_PROGRAMMA = b'"gdal_streamed_alg"'
"""What a JSON file says that is no data but an order to the reading library."""

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

_BIJLAGEN = (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
"""Documents and pictures: what lies beside the data in a delivery."""

# First bytes of what people offer by mistake, and what to say of it.
_GEWEIGERD: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x07\x08", "dit is een deel van een zipbestand dat over meer bestanden is verdeeld.",
     "Voeg de delen samen, pak het uit en lees de bestanden los in."),
    (b"\x1f\x8b", "dit bestand is gecomprimeerd (gzip).", "Pak het eerst uit."),
    (b"7z\xbc\xaf", "dit bestand is gecomprimeerd (7z).", "Pak het eerst uit."),
    (b"Rar!", "dit bestand is gecomprimeerd (rar).", "Pak het eerst uit."),
    (b"%PDF", "dit is een pdf, geen geodata.", _BEWAAR),
    (b"\xd0\xcf\x11\xe0", "dit is een oud Office-bestand (xls, doc), geen geodata.", _BEWAAR),
    (b"\x89PNG", "dit is een afbeelding, geen geodata.", _BEWAAR),
    (b"\xff\xd8\xff", "dit is een afbeelding, geen geodata.", _BEWAAR),
    (b"PAR1", "dit is een Parquetbestand; dat wordt niet gelezen.", _BEWAAR),
)  # fmt: skip


def sniff(pad: Path) -> Vorm:
    """Tell the form of a file from its content.

    Raises
    ------
    BronError
        When the file is absent, a folder, empty, cut off, or of no form that is read.
    """
    kop, lengte = _head(pad)
    waar = pad.name
    if lengte == 0:
        raise BronError(
            "het bestand is leeg.", waar=waar, herstel="Download of bewaar het opnieuw."
        )
    if kop.startswith(_ZIP_BEGIN):
        return _zip(pad)
    for begin, wat, herstel in _GEWEIGERD:
        if kop.startswith(begin):
            raise BronError(wat, waar=waar, herstel=herstel)
    if kop.startswith(b"SQLite format 3\x00"):
        return _geopackage(kop, lengte, pad)
    if kop.startswith(b"fgb\x03"):
        return Vorm.FLATGEOBUF
    if kop.startswith(b"\x00\x00\x27\x0a"):
        return _shapefile(kop, lengte, pad)
    if kop.startswith((b"\xfe\xff", b"\xff\xfe")) or _text_start(kop):
        return _text_form(kop, waar)
    if _is_csv(kop):
        return Vorm.CSV
    raise _no_geodata(pad)


def _head(pad: Path) -> tuple[bytes, int]:
    try:
        if pad.is_dir():
            raise BronError(
                "dit is een map, geen bestand.",
                waar=str(pad),
                herstel="Noem de bestanden in de map zelf.",
            )
        if not stat.S_ISREG(pad.stat().st_mode):
            # Opening a pipe or a device may never return.
            raise BronError(
                "dit is geen gewoon bestand.", waar=str(pad), herstel="Kopieer het eerst."
            )
        with pad.open("rb") as bestand:
            lengte = os.fstat(bestand.fileno()).st_size
            require_size(lengte, pad.name)
            return bestand.read(_KOP), lengte
    except FileNotFoundError as fout:
        raise BronError(
            "het bestand bestaat niet.", waar=str(pad), herstel="Controleer de naam en de map."
        ) from fout
    except OSError as fout:
        raise BronError(
            f"het bestand kan niet worden gelezen ({fout.strerror or fout}).",
            waar=str(pad),
            herstel="Controleer of u het mag lezen en of een ander programma het openhoudt.",
        ) from fout


def is_aside(pad: Path) -> bool:
    """Say whether a file is what lies beside data in a delivery: a text, a picture, a page."""
    kop, _ = _head(pad)
    if kop.startswith(_BIJLAGEN):
        return True
    try:
        sniff(pad)
    except BijlageError:
        return True
    except BronError:
        return False
    return False


def _is_csv(kop: bytes) -> bool:
    """Tell rows of text cut by one sign from any other text or bytes."""
    if _text_start(kop) or _GEEN_TEKST.search(kop):
        return False
    regels = [regel for regel in kop.splitlines() if regel.strip()][:_CSV_REGELS]
    return any(sum(teken in regel for regel in regels) > 1 for teken in _CSV_TEKENS)


def is_zip(pad: Path) -> bool:
    """Say whether a file begins as a zip file does; Office files do too."""
    try:
        if not pad.is_file():
            return False
        with pad.open("rb") as bestand:
            return bestand.read(4) in _ZIP_BEGIN
    except OSError:
        return False


def _zip(pad: Path) -> Vorm:
    """Tell an archive from the Office forms, which are zip files too."""
    with open_zip(pad, pad.name) as archief:
        namen = set(archief.namelist())
    if {"[Content_Types].xml", "xl/workbook.xml"} <= namen:
        return Vorm.XLSX
    if namen & {"[Content_Types].xml", "mimetype"}:
        raise BijlageError(
            "dit is een Office-bestand (docx, ods, pptx), geen geodata.",
            waar=pad.name,
            herstel=_BEWAAR,
        )
    return Vorm.ZIP


def _geopackage(kop: bytes, lengte: int, pad: Path) -> Vorm:
    waar = pad.name
    if len(kop) < 100:
        raise _truncated(waar)
    bladgrootte = struct.unpack(">H", kop[16:18])[0]
    bladen = struct.unpack(">I", kop[28:32])[0]
    bladgrootte = 65_536 if bladgrootte == 1 else bladgrootte
    # The count is only right when the change counters agree (SQLite file format, 1.3.7).
    if kop[24:28] == kop[92:96] and lengte < bladen * bladgrootte:
        raise _truncated(waar)
    if kop[68:72] not in {b"GPKG", b"GP10", b"GP11"} and b"gpkg_contents" not in kop:
        raise BronError("dit is een SQLite-database, geen GeoPackage.", waar=waar, herstel=_BEWAAR)
    require_plain_tables(pad)
    return Vorm.GEOPACKAGE


def _shapefile(kop: bytes, lengte: int, pad: Path) -> Vorm:
    if pad.suffix.lower() != ".shp":
        raise BronError(
            "dit is een onderdeel van een Shapefile.",
            waar=pad.name,
            herstel="Noem het .shp-bestand; de andere delen moeten ernaast staan.",
        )
    # The header counts 16-bit words.
    if len(kop) < 100 or lengte < 2 * struct.unpack(">i", kop[24:28])[0]:
        raise _truncated(pad.name)
    delen = _shape_parts(pad)
    ontbreekt = [deel for deel in (".shx", ".dbf") if deel not in delen]
    if ontbreekt:
        raise BronError(
            f"van deze Shapefile ontbreekt {' en '.join(ontbreekt)}.",
            waar=pad.name,
            herstel="Zet alle delen (.shp, .shx, .dbf, .prj) bij elkaar in één map.",
        )
    for achter, deel in delen.items():
        if deel.is_symlink() or not deel.is_file():
            raise BronError(
                f"het deel {achter} van deze Shapefile is een verwijzing of geen gewoon bestand.",
                waar=pad.name,
                herstel="Zet alle delen (.shp, .shx, .dbf, .prj) zelf bij elkaar in één map.",
            )
        require_size(deel.stat().st_size, deel.name)
    return Vorm.SHAPEFILE


def _shape_parts(pad: Path) -> dict[str, Path]:
    """Find the other parts of a Shapefile: beside the file itself, where a link leads to."""
    echt = pad.resolve()
    kandidaten = ((achter, echt.with_suffix(s)) for achter in sorted(SHAPEDELEN - {".shp"})
                  for s in (achter, achter.upper()))  # fmt: skip
    return {achter: deel for achter, deel in kandidaten if deel.is_symlink() or deel.exists()}


def _text_start(kop: bytes) -> bool:
    return kop.lstrip(b"\xef\xbb\xbf \t\r\n\x00")[:1] in {b"{", b"[", b"<"}


def _text_form(kop: bytes, waar: str) -> Vorm:
    # Without NULs, UTF-16 and UTF-32 show their ASCII signs too.
    tekst = kop.replace(b"\x00", b"")
    for bom in _BOMS:
        tekst = tekst.removeprefix(bom)
    tekst = tekst.lstrip()
    if tekst.startswith(b"<"):
        return _xml(tekst, waar)
    if _is_csv(tekst):
        return Vorm.CSV
    if b"\x00" in kop:
        raise BronError(
            "de tekst staat in UTF-16 of UTF-32.", waar=waar, herstel="Bewaar haar als UTF-8."
        )
    if _PROGRAMMA in kop or waar.lower().endswith(".gdalg.json"):
        raise BronError(
            "dit is een opdracht voor GDAL, geen geodata; zij wordt niet uitgevoerd.",
            waar=waar,
            herstel=_BEWAAR,
        )
    return Vorm.GEOJSON


def _xml(tekst: bytes, waar: str) -> Vorm:
    if re.match(rb"<(!doctype\s+html|html)", tekst, re.IGNORECASE):
        raise BijlageError(
            "dit is een webpagina, geen geodata (misschien een foutmelding van de server).",
            waar=waar,
            herstel="Download het bestand opnieuw.",
        )
    if b"<!DOCTYPE" in tekst or b"<!ENTITY" in tekst:
        raise BronError(
            "het XML-bestand bevat een DOCTYPE; dat wordt uit veiligheid niet gelezen.",
            waar=waar,
            herstel="Vraag de bronhouder om een GML-bestand zonder DOCTYPE.",
        )
    return Vorm.XML


def _truncated(waar: str) -> BronError:
    return BronError(
        "het bestand is afgebroken: het einde ontbreekt.",
        waar=waar,
        herstel="Download of kopieer het opnieuw.",
    )


def _no_geodata(pad: Path) -> BronError:
    if pad.suffix.lower() in {".dbf", ".shx", ".prj", ".cpg"}:
        return BronError(
            "dit is een onderdeel van een Shapefile.",
            waar=pad.name,
            herstel="Noem het .shp-bestand; de andere delen moeten ernaast staan.",
        )
    return BijlageError("dit is geen geodatabestand dat gelezen kan worden.", waar=pad.name,
                     herstel=_BEWAAR)  # fmt: skip
