from __future__ import annotations


def test_lists_in_the_docs_are_as_the_code_has_them(load):
    readme = load("scripts/readme.py")
    for pad in (readme.README, readme.CONTROLELIJST):
        tekst = pad.read_text(encoding="utf-8")
        assert readme.render(tekst) == tekst, "vernieuw met: python scripts/readme.py"
    assert "| O08 |" in readme.README.read_text(encoding="utf-8")
    assert "| KL304 | waarschuwing |" in readme.CONTROLELIJST.read_text(encoding="utf-8")
