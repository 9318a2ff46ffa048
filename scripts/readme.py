"""Renew the lists in README.md and docs/ from the code: python scripts/readme.py."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from daeb_locaties.hardheid.regels import REGELS
from kaartlagen.controlelijst import CONTROLES

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
CONTROLELIJST = ROOT / "docs" / "controles.md"


def render(tekst: str) -> str:
    """Return a text with the lists between its marks as the code has them."""
    for naam, tabel in (("regels", _rules()), ("controles", _checks())):
        blok = re.compile(rf"(<!-- {naam}:[^\n]*-->\n).*?(<!-- /{naam} -->)", re.DOTALL)
        tekst = blok.sub(lambda deel, tabel=tabel: f"{deel[1]}{tabel}\n{deel[2]}", tekst)
    return tekst


def _rules() -> str:
    rijen = [(r.code, r.titel, r.uitleg, r.bron) for r in REGELS.values()]
    return _table(("code", "regel", "uitleg", "bron"), rijen)


def _checks() -> str:
    rijen = [(c.code, c.niveau, c.wat, c.waarom, c.herstel) for c in CONTROLES]
    return _table(("code", "niveau", "wat", "waarom", "herstel"), rijen)


def _table(koppen: Sequence[str], rijen: Sequence[Sequence[str]]) -> str:
    streep = "|" + "---|" * len(koppen)
    return "\n".join([_row(koppen), streep, *map(_row, rijen)])


def _row(cellen: Sequence[str]) -> str:
    return f"| {' | '.join(cellen)} |"


if __name__ == "__main__":
    for pad in (README, CONTROLELIJST):
        pad.write_text(render(pad.read_text(encoding="utf-8")), encoding="utf-8")
