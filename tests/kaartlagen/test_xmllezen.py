"""XML is read without entities, DOCTYPE or network, and feature by feature."""

from __future__ import annotations

import pytest

from kaartlagen.errors import BronError
from kaartlagen.xmllezen import (
    attribute,
    child,
    iter_features,
    iter_named,
    local_name,
    read_root,
    text,
)
from tests.kaartlagen.maken import imro_object, plan, write_imro


def test_the_root_tells_name_and_namespaces(tmp_path):
    wortel = read_root(write_imro(tmp_path / "p.gml", plan()))
    assert wortel.naam == "FeatureCollectionIMRO"
    assert wortel.namespace == "http://www.geonovum.nl/imro/2012/1.1"
    assert "http://www.opengis.net/gml/3.2" in wortel.namespaces


def test_features_come_one_by_one_with_their_content(tmp_path):
    pad = write_imro(tmp_path / "p.gml", plan(naam="A & B".replace("&", "&amp;")), imro_object())
    gezien = [(local_name(e), text(child(e, "naam"))) for e in iter_features(pad)]
    assert gezien == [("Bestemmingsplangebied", "A & B"), ("Enkelbestemming", "Wonen - 1")]


def test_a_feature_is_emptied_after_its_turn(tmp_path):
    pad = write_imro(tmp_path / "p.gml", *(imro_object(nummer=n) for n in range(50)))
    vorige = None
    for element in iter_features(pad):
        if vorige is not None:
            assert len(vorige) == 0
            assert vorige.getparent() is None or len(vorige.getparent()) <= 1
        vorige = element


def test_attributes_are_found_whatever_their_namespace(tmp_path):
    pad = write_imro(tmp_path / "p.gml", imro_object())
    for element in iter_features(pad):
        assert attribute(element, "id") == "NL.IMRO.o1"
        assert attribute(child(element, "plangebied"), "href") == "#NL.IMRO.9001.plan1-vas1"
        assert attribute(None, "href") is None


@pytest.mark.parametrize(
    "kop",
    [
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>',
        "<!DOCTYPE x [" + "<!-- vulling -->" * 6_000 + "]>",
    ],
)
def test_a_doctype_is_refused_by_the_parser_itself(tmp_path, kop):
    pad = write_imro(tmp_path / "p.gml", plan(), kop=kop)
    with pytest.raises(BronError, match="DOCTYPE"):
        read_root(pad)
    with pytest.raises(BronError, match="DOCTYPE"):
        list(iter_features(pad))


@pytest.mark.parametrize("deel", [0.2, 0.5, 0.9, 0.99])
def test_a_file_cut_off_is_refused_with_the_line(tmp_path, deel):
    pad = write_imro(tmp_path / "p.gml", plan(), imro_object(), imro_object(nummer=2))
    inhoud = pad.read_bytes()
    pad.write_bytes(inhoud[: int(len(inhoud) * deel)])
    with pytest.raises(BronError, match="afgebroken"):
        list(iter_features(pad))


def test_only_a_declaration_is_refused(tmp_path):
    pad = tmp_path / "p.gml"
    pad.write_text('<?xml version="1.0"?>')
    with pytest.raises(BronError):
        read_root(pad)


def test_named_elements_come_from_any_depth_and_are_emptied(tmp_path):
    pad = write_imro(tmp_path / "p.gml", *(imro_object(nummer=n) for n in range(3)))
    gezien = []
    vorige = None
    for element in iter_named(pad, {"naam", "lokaalID"}):
        assert vorige is None or vorige.text is None
        gezien.append(text(element))
        vorige = element
    assert gezien == ["o0", "Wonen - 0", "o1", "Wonen - 1", "o2", "Wonen - 2"]


def test_named_elements_of_a_file_with_a_doctype_are_not_given(tmp_path):
    pad = write_imro(tmp_path / "p.gml", plan(), kop="<!DOCTYPE x [<!ENTITY y 'z'>]>")
    with pytest.raises(BronError, match="DOCTYPE"):
        list(iter_named(pad, {"naam"}))


def test_named_elements_of_a_file_cut_off_end_in_an_error(tmp_path):
    pad = write_imro(tmp_path / "p.gml", plan())
    pad.write_text(pad.read_text(encoding="utf-8")[:-30], encoding="utf-8")
    with pytest.raises(BronError, match="afgebroken"):
        list(iter_named(pad, {"naam"}))


def test_a_prefix_that_nobody_declared_makes_the_file_refused_not_the_reader_fall(tmp_path):
    pad = tmp_path / "p.xml"
    pad.write_text('<a><b><c x:d="1" e="2"/></b></a>', encoding="utf-8")
    with pytest.raises(BronError, match="geen geldige XML"):
        [(local_name(element), attribute(element, "e")) for element in iter_features(pad)]


def test_a_root_whose_prefix_was_never_declared_keeps_its_name(tmp_path):
    pad = tmp_path / "p.xml"
    # The parser complains at the end, which is not reached: the first features tell enough.
    leden = "<a><b><c/></b></a>" * 30
    pad.write_text(f"<ow-dc:owBestand>{leden}</ow-dc:owBestand>", encoding="utf-8")
    wortel = read_root(pad)
    assert (wortel.naam, wortel.namespace) == ("ow-dc:owBestand", "")
