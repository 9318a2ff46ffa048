"""Renew the list of rules in README.md from the code: python scripts/readme.py."""

from __future__ import annotations

import re
from pathlib import Path

from daeb_locaties.hardheid.regels import REGELS

README = Path(__file__).resolve().parent.parent / "README.md"
BLOK = re.compile(r"(<!-- regels:[^\n]*-->\n).*?(<!-- /regels -->)", re.DOTALL)


def render(tekst: str) -> str:
    """Return the text of README.md with its list of rules as the code has them."""
    rijen = [f"| {r.code} | {r.titel} | {r.uitleg} | {r.bron} |" for r in REGELS.values()]
    tabel = "\n".join(["| code | regel | uitleg | bron |", "|---|---|---|---|", *rijen])
    return BLOK.sub(lambda blok: f"{blok[1]}{tabel}\n{blok[2]}", tekst)


if __name__ == "__main__":
    README.write_text(render(README.read_text(encoding="utf-8")), encoding="utf-8")
