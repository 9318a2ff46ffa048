"""The BAG extract: the voorkomen that holds, and the count beside what GDAL makes of it."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path

import pyogrio
import pytest

from kaartlagen.bronnen.bag_extract import read_bag
from kaartlagen.errors import BronError, CrsError
from kaartlagen.inname import ingest, read_bestand
from kaartlagen.opslag import LaagOpslag

LVBAG = "www.kadaster.nl/schemas/lvbag/imbag"
RD = "urn:ogc:def:crs:EPSG::28992"
VLAK3D = (
    f'<gml:Polygon srsName="{RD}" srsDimension="3"><gml:exterior><gml:LinearRing>'
    '<gml:posList count="5">155000 463000 0.0 155010 463000 0.0 155010 463010 0.0 '
    "155000 463010 0.0 155000 463000 0.0</gml:posList></gml:LinearRing></gml:exterior>"
    "</gml:Polygon>"
)
PUNT3D = (
    f'<gml:Point srsName="{RD}" srsDimension="3"><gml:pos>155005 463005 0.0</gml:pos></gml:Point>'
)


def voorkomen(nummer: int = 1, begin: str = "2011-09-06", einde: str = "", extra: str = "") -> str:
    eind = f"<H:eindGeldigheid>{einde}</H:eindGeldigheid>" if einde else ""
    return (
        f"<O:voorkomen><H:Voorkomen><H:voorkomenidentificatie>{nummer}"
        f"</H:voorkomenidentificatie><H:beginGeldigheid>{begin}</H:beginGeldigheid>{eind}{extra}"
        "</H:Voorkomen></O:voorkomen>"
    )


def vbo(
    nummer: int = 1,
    doelen: tuple[str, ...] = ("woonfunctie",),
    geometrie: str = f"<O:punt>{PUNT3D}</O:punt>",
    tijd: str = "",
) -> str:
    gebruik = "".join(f"<O:gebruiksdoel>{doel}</O:gebruiksdoel>" for doel in doelen)
    return (
        f"<O:Verblijfsobject>{tijd or voorkomen()}<O:identificatie "
        f'domein="NL.IMBAG.Verblijfsobject">0599010000{nummer:06d}</O:identificatie>'
        f"<O:geometrie>{geometrie}</O:geometrie>{gebruik}<O:oppervlakte>80</O:oppervlakte>"
        "<O:status>Verblijfsobject in gebruik</O:status></O:Verblijfsobject>"
    )


def pand(nummer: int = 1, bouwjaar: str = "1935", tijd: str = "", vorm: str = VLAK3D) -> str:
    return (
        f'<O:Pand><O:identificatie domein="NL.IMBAG.Pand">0599100000{nummer:06d}'
        f"</O:identificatie><O:geometrie>{vorm}</O:geometrie><O:oorspronkelijkBouwjaar>{bouwjaar}"
        "</O:oorspronkelijkBouwjaar><O:status>Pand in gebruik</O:status>"
        f"{tijd or voorkomen()}</O:Pand>"
    )


def write_stand(pad: Path, *objecten: str, stand: str = "2020-09-15") -> Path:
    leden = "".join(f"<sl:stand><x:bagObject>{lid}</x:bagObject></sl:stand>" for lid in objecten)
    pad.write_text(
        '<x:bagStand xmlns:x="http://www.kadaster.nl/schemas/lvbag/extract-deelbestand-lvc/'
        f'v20200601" xmlns:O="{LVBAG}/objecten/v20200601" xmlns:H="{LVBAG}/historie/v20200601" '
        'xmlns:sl="http://www.kadaster.nl/schemas/standlevering-generiek/1.0" '
        'xmlns:gml="http://www.opengis.net/gml/3.2" '
        'xmlns:s="http://www.kadaster.nl/schemas/lvbag/extract-selecties/v20200601">'
        "<x:bagInfo><s:LVC-Extract><s:StandTechnischeDatum>"
        f"{stand}</s:StandTechnischeDatum></s:LVC-Extract></x:bagInfo><sl:standBestand>"
        "<sl:dataset>LVBAG</sl:dataset><sl:inhoud><sl:gebied>GEMEENTE</sl:gebied></sl:inhoud>"
        f"{leden}</sl:standBestand></x:bagStand>",
        encoding="utf-8",
    )
    return pad


def only(pad: Path, **opties):
    lagen = read_bestand(pad, **opties)
    assert len(lagen) == 1
    laag = lagen[0]
    fouten = sum(b.aantal for b in laag.bevindingen if b.niveau == "fout")
    assert laag.geweigerd == fouten == laag.gelezen - len(laag.frame)
    return laag


def counts(laag) -> dict[str, int]:
    return {b.code: b.aantal for b in laag.bevindingen}


def test_of_the_real_file_the_voorkomens_of_the_stand_are_taken(data_map):
    laag = only(data_map / "bag" / "0221VBO15092020-000001.xml")
    assert (laag.laag, laag.gelezen, len(laag.frame), laag.geweigerd) == (
        "verblijfsobjecten", 5, 2, 3,
    )  # fmt: skip
    assert laag.herkomst.peildatum == date(2020, 9, 15)
    frame = laag.frame.set_index("vbo_id")
    assert frame.index.tolist() == ["0221010000330226", "0221010000330999"]
    eerste = frame.loc["0221010000330226"]
    assert (eerste["status"], eerste["oppervlakte_m2"]) == ("Verbouwing verblijfsobject", 223.0)
    assert frame["gebruiksdoel"].tolist() == ["woonfunctie", "overige gebruiksfunctie"]
    assert set(laag.frame.geom_type) == {"Point"}
    (bevinding,) = [b for b in laag.bevindingen if b.code == "KL801"]
    assert bevinding.voorbeelden[0] == "0221010000330226 voorkomen 1"


def test_every_object_of_a_delivery_is_counted_where_gdals_plain_read_gives_none(
    data_map, tmp_path
):
    bron = data_map / "bag" / "0221VBO15092020-000001.xml"
    paden = [tmp_path / f"0221VBO15092020-00000{n}.xml" for n in (1, 2)]
    for pad in paden:
        shutil.copy(bron, pad)
    ingepakt = tmp_path / "0221VBO15092020.zip"
    with zipfile.ZipFile(ingepakt, "w", zipfile.ZIP_DEFLATED) as archief:
        for pad in paden:
            archief.write(pad, pad.name)
    in_xml = sum(
        pad.read_text(encoding="utf-8").count("<Objecten:Verblijfsobject>") for pad in paden
    )
    if "LVBAG" in pyogrio.list_drivers():
        kaal = len(pyogrio.read_dataframe(ingepakt))
        arrow = len(pyogrio.read_dataframe(ingepakt, use_arrow=True))
        ongevraagd = pyogrio.read_info(ingepakt)["features"]
        geteld = pyogrio.read_info(ingepakt, force_feature_count=True)["features"]
        een = pyogrio.read_info(paden[0])["features"]
        # Why: a union layer says 0 where one file says "not known".
        assert (kaal, arrow, ongevraagd, geteld, een) == (0, 10, 0, 10, -1)
    lezingen = [lezing for pad in paden for lezing in read_bag(pad)]
    assert sum(lezing.gelezen for lezing in lezingen) == in_xml == 10
    assert sum(len(lezing.kolommen) for lezing in lezingen) == 4


def test_a_zip_of_a_delivery_gives_the_objects_of_all_its_files(data_map, tmp_path):
    bron = (data_map / "bag" / "0221VBO15092020-000001.xml").read_text(encoding="utf-8")
    ingepakt = tmp_path / "0221VBO15092020.zip"
    with zipfile.ZipFile(ingepakt, "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("0221VBO15092020-000001.xml", bron)
        tweede = bron.replace("02210100003302", "02210100009902")
        archief.writestr("0221VBO15092020-000002.xml", tweede)
    verslag = ingest([ingepakt], LaagOpslag(tmp_path / "lagen"))
    assert verslag.geweigerde_bestanden == ()
    assert sum(inname.gelezen for inname in verslag.lagen) == 10
    assert sum(inname.opgenomen for inname in verslag.lagen) == 4


@pytest.mark.parametrize(
    ("tijd", "telt"),
    [
        (voorkomen(), True),
        (voorkomen(einde="2020-09-15"), False),
        (voorkomen(einde="2020-09-16"), True),
        (voorkomen(begin="2020-10-01"), False),
        (voorkomen(extra="<H:eindRegistratie>2020-09-01T10:00:00</H:eindRegistratie>",
                   einde="2020-12-01"), True),
        (voorkomen(extra="<H:tijdstipInactief>2015-01-01T10:00:00</H:tijdstipInactief>"), False),
        (voorkomen(extra="<H:BeschikbaarLV><H:tijdstipInactiefLV>2015-01-01T10:00:00"
                   "</H:tijdstipInactiefLV></H:BeschikbaarLV>"), False),
        (voorkomen(extra="<H:BeschikbaarLV><H:tijdstipNietBagLV>2015-01-01T10:00:00"
                   "</H:tijdstipNietBagLV></H:BeschikbaarLV>"), False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("maak", [vbo, pand])
def test_only_the_voorkomen_of_the_stand_counts(tmp_path, maak, tijd, telt):
    laag = only(write_stand(tmp_path / "b.xml", maak(1, tijd=tijd), maak(2)))
    assert len(laag.frame) == 1 + telt
    assert counts(laag).get("KL801", 0) == 1 - telt


def test_without_a_date_of_the_stand_an_end_is_an_end(tmp_path):
    pad = write_stand(tmp_path / "b.xml", pand(1, tijd=voorkomen(einde="2090-01-01")), pand(2),
                      stand="")  # fmt: skip
    laag = only(pad)
    assert (len(laag.frame), laag.herkomst.peildatum) == (1, None)


def test_panden_with_three_dimensions_and_their_bouwjaar(tmp_path):
    laag = only(write_stand(tmp_path / "b.xml", pand(1), pand(2, bouwjaar="9999")))
    assert laag.laag == "panden"
    assert laag.frame["pand_id"].tolist() == ["0599100000000001", "0599100000000002"]
    assert laag.frame["bouwjaar"].tolist()[0] == 1935
    assert laag.frame["bouwjaar"].isna().tolist() == [False, True]
    assert laag.frame.area.tolist() == [100.0, 100.0]
    assert not laag.frame.has_z.any()
    assert counts(laag)["KL804"] == 1


def test_several_gebruiksdoelen_are_all_kept(tmp_path):
    laag = only(write_stand(tmp_path / "b.xml", vbo(1, ("woonfunctie", "winkelfunctie")),
                            vbo(2, ())))  # fmt: skip
    assert laag.frame["gebruiksdoel"].tolist() == ["woonfunctie,winkelfunctie", None]
    assert counts(laag)["KL805"] == 1


@pytest.mark.parametrize("omhulsel", ["O:vlak", "O:multivlak"])
def test_a_verblijfsobject_with_an_area_becomes_a_point_within_it(tmp_path, omhulsel):
    vorm = f"<{omhulsel}>{VLAK3D}</{omhulsel}>"
    laag = only(write_stand(tmp_path / "b.xml", vbo(1, geometrie=vorm), vbo(2)))
    assert set(laag.frame.geom_type) == {"Point"}
    assert 155_000 < laag.frame.geometry.iloc[0].x < 155_010
    assert counts(laag)["KL803"] == 1


def test_panden_and_verblijfsobjecten_of_one_file_fill_two_layers(tmp_path):
    lagen = read_bestand(write_stand(tmp_path / "b.xml", pand(), vbo(1), vbo(2)))
    assert [(laag.laag, laag.gelezen) for laag in lagen] == [
        ("panden", 1),
        ("verblijfsobjecten", 2),
    ]


def test_an_id_that_comes_twice_is_told(tmp_path):
    assert counts(only(write_stand(tmp_path / "b.xml", vbo(1), vbo(1))))["KL806"] == 1


def test_geometry_that_cannot_be_read_is_refused_per_object(tmp_path):
    kapot = VLAK3D.replace("155010 463000 0.0", "155010 x 0.0")
    laag = only(write_stand(tmp_path / "b.xml", pand(1, vorm=kapot), pand(2)))
    assert (len(laag.frame), counts(laag)["KL305"]) == (1, 1)


def test_two_reference_systems_are_refused(tmp_path):
    anders = VLAK3D.replace("28992", "4258")
    with pytest.raises(CrsError, match="meer dan één"):
        read_bestand(write_stand(tmp_path / "b.xml", pand(1, vorm=anders), pand(2)))


def test_other_objects_are_refused_with_what_they_are(tmp_path):
    anders = "<O:Nummeraanduiding><O:identificatie>1</O:identificatie></O:Nummeraanduiding>"
    with pytest.raises(BronError, match=r"wel Nummeraanduiding \(1\)"):
        read_bestand(write_stand(tmp_path / "n.xml", anders))
    laag = only(write_stand(tmp_path / "b.xml", vbo(), anders))
    (bevinding,) = [b for b in laag.bevindingen if b.code == "KL802"]
    assert bevinding.voorbeelden == ("Nummeraanduiding (1)",)


def test_a_delivery_of_changes_is_refused(tmp_path):
    pad = tmp_path / "m.xml"
    pad.write_text(
        '<m:bagMutaties xmlns:m="http://www.kadaster.nl/schemas/lvbag/extract-deelbestand-'
        'mutaties-lvc/v20200601" xmlns:ml="http://www.kadaster.nl/schemas/mutatielevering-'
        'generiek/1.0"><ml:mutatieBericht><ml:dataset>LVBAG</ml:dataset><ml:inhoud>'
        "<ml:gebied>NEDERLAND</ml:gebied></ml:inhoud></ml:mutatieBericht></m:bagMutaties>"
    )
    with pytest.raises(BronError, match="mutatielevering"):
        read_bestand(pad)


@pytest.mark.parametrize("soort", ["bag", "verblijfsobjecten"])
def test_the_kind_may_be_named_by_the_register_or_by_the_layer(tmp_path, soort):
    assert only(write_stand(tmp_path / "b.xml", vbo()), soort=soort).laag == "verblijfsobjecten"


def test_a_file_that_was_cut_off_is_refused_whole(tmp_path):
    pad = write_stand(tmp_path / "b.xml", vbo(1), vbo(2))
    pad.write_bytes(pad.read_bytes()[:-200])
    with pytest.raises(BronError, match="afgebroken"):
        read_bestand(pad)
