from __future__ import annotations


def test_readme_lists_the_rules_as_the_code_has_them(load):
    readme = load("scripts/readme.py")
    tekst = readme.README.read_text(encoding="utf-8")
    assert readme.render(tekst) == tekst, "vernieuw met: python scripts/readme.py"
    assert "| O08 |" in tekst
