"""The table of sources and traps in the docs is that of the tests of now."""

from __future__ import annotations

from scripts.bronnentabel import BRONNEN, TABEL, find_tests, format_table


def test_the_table_in_the_docs_is_that_of_the_tests():
    assert TABEL.read_text(encoding="utf-8") == format_table(), "run scripts/bronnentabel.py"


def test_every_source_has_tests():
    assert [bron for bron, _, patronen in BRONNEN if len(find_tests(patronen)) < 4] == []
