"""A BRK delivery in parts gives what it gives as a whole, however its text is written."""

from __future__ import annotations

import random
import re
import tempfile
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from kaartlagen.bronnen import gml_stukken
from kaartlagen.bronnen.gml_sjabloon import Omslag, learn_template, read_objects
from kaartlagen.bronnen.gml_snel import Gmllezer
from kaartlagen.bronnen.percelen_gml_stroom import PERCEELLEZER
from tests.kaartlagen.percelen_maken import left_by_parts, require_same

KOP = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<kk:DKK xmlns:gml="http://www.opengis.net/gml/3.2" '
    'xmlns:oz="http://www.kadaster.nl/schemas/brkkadastralekaart/v5/imkad-onroerendezaak" '
    'xmlns:h="urn:h" xmlns:t="urn:t" xmlns:ko="urn:ko" '
    'xmlns:kk="http://www.kadaster.nl/schemas/brkkadastralekaart/v5/stand/v20220601">\n'
)
SLOT = "</kk:DKK>\n"
RD = 'srsName="urn:ogc:def:crs:EPSG::28992"'


def ring(soort: str, punten: np.ndarray) -> str:
    tekst = " ".join(f"{x:.3f} {y:.3f}" for x, y in punten)
    return (
        f"<gml:{soort}><gml:LinearRing><gml:posList>{tekst}</gml:posList></gml:LinearRing>"
        f"</gml:{soort}>"
    )


def polygon(vlak: shapely.Polygon, n: int) -> str:
    gaten = "".join(ring("interior", np.array(gat.coords)) for gat in vlak.interiors)
    buiten = ring("exterior", np.array(vlak.exterior.coords))
    return f'<gml:Polygon gml:id="V{n}" {RD}>{buiten}{gaten}</gml:Polygon>'


def parcel(n: int, vorm: str, gemeente: str = "Otterlo", sectie: str = "B") -> str:
    return f"""<kk:perceelMember>
    <oz:Perceel gml:id="NL.IMKAD.KadastraalObject.{84_920_000_000_000 + n}">
        <ko:identificatie domein="NL.IMKAD.KadastraalObject">{84_920_000_000_000 + n}</ko:identificatie>
        <oz:historie>
            <h:beginGeldigheid>2000-11-20T14:29:{n % 60:02d}+01:00</h:beginGeldigheid>
            <h:statusHistorie><h:StatusHistorie><t:code>G</t:code><t:waarde>Geldig</t:waarde></h:StatusHistorie></h:statusHistorie>
        </oz:historie>
        <oz:kadastraleAanduiding><oz:TypeKadastraleAanduiding>
            <oz:kadastraleGemeente><oz:KadastraleGemeente><t:code>761</t:code><t:waarde>{gemeente}</t:waarde></oz:KadastraleGemeente></oz:kadastraleGemeente>
            <oz:sectie>{sectie}</oz:sectie>
            <oz:perceelnummer>{n}</oz:perceelnummer>
            <oz:aKRKadastraleGemeenteCode><oz:AKRKadastraleGemeenteCode><t:code>812</t:code><t:waarde>OTL02</t:waarde></oz:AKRKadastraleGemeenteCode></oz:aKRKadastraleGemeenteCode>
        </oz:TypeKadastraleAanduiding></oz:kadastraleAanduiding>
        <oz:begrenzingPerceel>{vorm}</oz:begrenzingPerceel>
        <oz:kadastraleGrootte><oz:TypeOppervlak><oz:waarde>400</oz:waarde><oz:soortGrootte><oz:SoortGrootte><t:code>1</t:code><t:waarde>Vastgesteld</t:waarde></oz:SoortGrootte></oz:soortGrootte></oz:TypeOppervlak></oz:kadastraleGrootte>
        <oz:plaatscoordinaten><gml:Point gml:id="P{n}" {RD}><gml:pos>155001.0 463001.0</gml:pos></gml:Point></oz:plaatscoordinaten>
    </oz:Perceel>
</kk:perceelMember>
"""  # noqa: E501  (lines as they stand in a delivery)


def square(n: int) -> shapely.Polygon:
    x, y = 155_000 + n % 30 * 25, 463_000 + n // 30 * 25
    vlak = shapely.box(x, y, x + 20, y + 20)
    if n % 7 == 3:
        vlak = shapely.Polygon(vlak.exterior, [shapely.box(x + 3, y + 3, x + 6, y + 6).exterior])
    return vlak


def members(aantal: int) -> list[str]:
    return [parcel(n, polygon(square(n), n)) for n in range(1, aantal + 1)]


def write(pad: Path, leden: list[str], kop: str = KOP, slot: str = SLOT) -> Path:
    pad.write_bytes((kop + "".join(leden) + slot).encode("utf-8"))
    return pad


def sub(patroon: str, nieuw: str):
    return lambda lid, _: re.sub(patroon, nieuw, lid, count=1, flags=re.DOTALL)


POS = r"<gml:posList>(.*?)</gml:posList>"


def points(tekst: str, tag: str = "gml:posList"):
    return sub(POS, f"<{tag}>{tekst}</gml:posList>")


EINDTAG = "</kk:perceelMember>"
CIRKEL = (
    "<gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:Circle><gml:posList>155000 463000 "
    "155020 463000 155010 463010</gml:posList></gml:Circle></gml:segments></gml:Curve>"
    "</gml:curveMember></gml:Ring>"
)
MULTI = r"<gml:MultiSurface><gml:surfaceMember>\1</gml:surfaceMember></gml:MultiSurface>"
STUKKEN = (
    rf"<gml:Surface {RD}><gml:patches><gml:PolygonPatch>\1</gml:PolygonPatch></gml:patches>"
    "</gml:Surface>"
)
LANG = "155000.12345678901"
VREEMD = {
    "commentaar": sub("<oz:sectie>", f"<!-- {EINDTAG} --><oz:sectie>"),
    "commentaar in tekst": sub("<oz:sectie>B", "<oz:sectie>B<!-- x -->C"),
    "cdata": sub("<oz:sectie>B", f"<oz:sectie><![CDATA[{EINDTAG}]]>"),
    "instructie": sub("<oz:sectie>", f"<?x {EINDTAG} ?><oz:sectie>"),
    "entiteit": sub("Otterlo", "'s-Gravendeel &amp; Co &#233;"),
    "andere prefix": lambda lid, _: lid.replace(
        "<oz:Perceel ", '<zz:Perceel xmlns:zz="urn:anders" '
    ).replace("/oz:Perceel>", "/zz:Perceel>"),
    "attributen andersom": sub(r'gml:id="V(\d+)" (srsName="[^"]*")', r"\2 gml:id='V\1'"),
    "crlf": lambda lid, _: lid.replace("\n", "\r\n"),
    "cr in tekst": sub("Otterlo", "Ot\rterlo"),
    "spaties": sub("<oz:sectie>B<", "<oz:sectie>\n  B\t <"),
    "harde spatie": sub("<oz:sectie>B<", "<oz:sectie>\u00a0B\u00a0<"),
    "ander schrift": sub("Otterlo", "Súdwest-Fryslân é\u2003"),
    "leeg": sub("<oz:sectie>B<", "<oz:sectie> <"),
    "zonder sectie": sub("<oz:sectie>B</oz:sectie>", ""),
    "lege tag": sub("<oz:sectie>B</oz:sectie>", "<oz:sectie/>"),
    "geen grens": sub("<oz:begrenzingPerceel>.*</oz:begrenzingPerceel>", ""),
    "lege grens": sub("<oz:begrenzingPerceel>.*</oz:begrenzingPerceel>", "<oz:begrenzingPerceel/>"),
    "niet gesloten": points("155000 463000 155020 463000 155020 463020"),
    "kier": points("155000 463000 155020 463000 155020 463020 155000.001 463000"),
    "oneven": points("155000 463000 155020"),
    "geen getal": points("155000 x 155020 463000 1 1 155000 x"),
    "exponent": points("1.55e5 463000 155020 463000 155020 463020 1.55e5 463000"),
    "veel cijfers": points(f"{LANG} 463000 155020 463000 155020 463020 {LANG} 463000"),
    "drie dimensies": points(
        "155000 463000 1 155020 463000 1 155020 463020 1 155000 463000 1",
        'gml:posList srsDimension="3"',
    ),
    "aantal genoemd": points(
        "155000 463000 1 155020 463000 1 155020 463020 1 155010 463021 1 155005 463011 1 "
        "155000 463000 1",
        'gml:posList count="6"',
    ),
    "vlinder": points("155000 463000 155020 463020 155020 463000 155000 463020 155000 463000"),
    "boog": sub(r"<gml:LinearRing>.*?</gml:LinearRing>", CIRKEL),
    "multi": sub(r"(<gml:Polygon.*</gml:Polygon>)", MULTI),
    "vlak in stukken": sub(r"<gml:Polygon[^>]*>(.*)</gml:Polygon>", STUKKEN),
    "verwijzing": sub("<oz:begrenzingPerceel>.*</oz:begrenzingPerceel>",
                      '<oz:begrenzingPerceel><gml:Polygon xlink:href="#V1" xmlns:xlink="urn:x"/>'
                      "</oz:begrenzingPerceel>"),
    "vervallen": sub("<h:statusHistorie>", "<h:eindGeldigheid>2010-01-01</h:eindGeldigheid>"
                     "<h:statusHistorie>"),
    "open einde": sub("<h:statusHistorie>", "<h:eindGeldigheid>9999-12-31</h:eindGeldigheid>"
                      "<h:statusHistorie>"),
    "historisch": sub("<t:code>G</t:code>", "<t:code>H</t:code>"),
    "ander object": lambda lid, _: lid.replace("oz:Perceel ", "oz:Pand ").replace(
        "/oz:Perceel>", "/oz:Pand>"),
    "twee in een lid": lambda lid, n: lid.replace(
        "</kk:perceelMember>", parcel(n + 5000, polygon(square(n + 500), n)).split("\n", 1)[1]
        .replace("</kk:perceelMember>", "") + "</kk:perceelMember>"),
    "zelfde id": sub(r"(<ko:identificatie[^>]*>)\d+", r"\g<1>84920000000001"),
    "id met prefix": sub(r"(<ko:identificatie[^>]*>)(\d+)", r"\1NL.IMKAD.KadastraalObject.\2"),
    "id uit attribuut": sub(r"<ko:identificatie.*?</ko:identificatie>", ""),
    "nummer geen getal": sub(r"<oz:perceelnummer>\d+", "<oz:perceelnummer>12a"),
    "nummer met nullen": sub(r"<oz:perceelnummer>(\d+)", r"<oz:perceelnummer>00\1"),
    "grootte met komma": sub("<oz:waarde>400", "<oz:waarde>400,5"),
    "grootte met punt": sub("<oz:waarde>400", "<oz:waarde>400.5"),
    "extra vooraf": lambda lid, _: "<kk:anders><kk:Ding/></kk:anders>" + lid,
    "commentaar tussen": lambda lid, _: "<!-- <kk:perceelMember> -->" + lid,
    "op een regel": lambda lid, _: re.sub(r">\s+<", "><", lid),
}  # fmt: skip


@pytest.mark.parametrize("soort", VREEMD)
def test_every_oddity_among_ordinary_percelen_reads_alike(tmp_path, soort, monkeypatch):
    monkeypatch.setattr(gml_stukken, "STUK_BYTES", 9_000)
    leden = members(24)
    for n in (5, 6, 13, 23):
        nieuw = VREEMD[soort](leden[n], n + 1)
        assert nieuw != leden[n]
        leden[n] = nieuw
    require_same(write(tmp_path / "p.gml", leden), tmp_path)


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(2, 40), st.integers(3_000, 40_000), st.floats(0, 0.6))
def test_any_mix_of_oddities_in_pieces_of_any_size_reads_alike(seed, aantal, stuk, kans):
    kies = random.Random(seed)
    leden = members(aantal)
    for n in range(1, aantal):
        while kies.random() < kans:
            leden[n] = VREEMD[kies.choice(list(VREEMD))](leden[n], n + 1)
    with tempfile.TemporaryDirectory() as map_, pytest.MonkeyPatch.context() as om:
        om.setattr(gml_stukken, "STUK_BYTES", stuk)
        om.setattr(gml_stukken, "_MEESTE_KEREN", 100)
        # A cut within a comment is seen, and the file is left to the other road.
        require_same(write(Path(map_) / "p.gml", leden), Path(map_), gelaten=True)


@pytest.mark.parametrize(
    ("kop", "slot"),
    [
        ("\ufeff" + KOP, SLOT),
        (KOP.replace("\n", "\n<!-- vooraf -->\n<?x y?>\n", 1), SLOT + "<!-- na -->\n"),
        (KOP.replace(' encoding="UTF-8"', ""), SLOT.strip()),
        (KOP.replace("\n", "\r\n"), "\r\n</kk:DKK >\r\n"),
    ],
)
def test_what_stands_around_the_members_may_be_written_otherwise(tmp_path, kop, slot):
    require_same(write(tmp_path / "p.gml", members(12), kop, slot), tmp_path)


def test_the_real_delivery_reads_alike(data_map, tmp_path):
    inname = require_same(data_map / "brk" / "kadastralekaart_perceel.gml", tmp_path)
    assert (inname.gelezen, inname.opgenomen) == (11, 11)


def test_ordinary_percelen_are_taken_by_template_and_not_by_the_parser(monkeypatch):
    gelezen = []
    monkeypatch.setattr(
        "kaartlagen.bronnen.gml_snel.read_objects",
        lambda lid, *rest: gelezen.append(lid) or read_objects(lid, *rest),
    )
    lezer = Gmllezer(Omslag(KOP.split("\n", 1)[1].encode(), b"</kk:DKK>"), PERCEELLEZER)
    objecten = lezer.read("".join(members(300)).encode())
    assert len(objecten.rijen) == 300
    # One without and one with a hole, and one row that is read both ways.
    assert len(gelezen) <= 4


@pytest.mark.parametrize(
    "anders",
    [
        lambda t: t[: len(t) // 2],
        lambda t: t.replace(SLOT, ""),
        lambda t: t.replace(SLOT, "<kk:x/>" + SLOT),
        lambda t: t.replace("</oz:sectie>", "</oz:sektie>", 1),
        lambda t: t.replace("EPSG::28992", "EPSG::4258", 1),
        lambda t: t.replace(">B<", ">B]]><", 1),
    ],
)
def test_what_is_not_whole_or_not_one_is_left_to_the_other_road(tmp_path, anders):
    tekst = KOP + "".join(members(30)) + SLOT
    pad = tmp_path / "p.gml"
    pad.write_text(anders(tekst), encoding="utf-8")
    assert anders(tekst) != tekst
    assert left_by_parts(pad, tmp_path)


def test_a_reader_that_calculates_gets_no_template():
    omslag = Omslag(KOP.split("\n", 1)[1].encode(), b"</kk:DKK>")
    lid = members(1)[0].strip().encode()
    assert learn_template(lid, omslag, PERCEELLEZER) is not None
    rekent = type(PERCEELLEZER)(
        **{
            **{naam: getattr(PERCEELLEZER, naam) for naam in PERCEELLEZER.__slots__},
            "values": lambda e: {**PERCEELLEZER.values(e), "sectie": "x" + str(e.tag)},
        }
    )
    assert learn_template(lid, omslag, rekent) is None
