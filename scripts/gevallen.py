"""Write docs/gevallen.md: for each rule of the verdict its four cases, to be read by people."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from daeb_locaties.hardheid.regels import REGELS  # noqa: E402
from tests.daeb_locaties.hardheid.regelgevallen import REGELGEVALLEN, SOORTEN  # noqa: E402

TABEL = ROOT / "docs" / "gevallen.md"
_KOP = """# De regels van het oordeel, met gevallen

Per regel vier gevallen: de regel geldt (ja), geldt niet (nee), op de grens, en met iets dat
onbekend is. Elk geval wordt bij elke controle nagerekend. Gemaakt met `scripts/gevallen.py`.
"""


def format_table() -> str:
    """Return the whole document."""
    delen = [_KOP]
    for code, vier in REGELGEVALLEN.items():
        regel = REGELS[code]
        delen.append(
            f"\n## {code} {regel.titel}\n\n{regel.uitleg}\nBron: {regel.bron}.\n\n"
            "| | situatie | opgegeven | regel geldt | planstatus | hardheid |\n"
            "|---|---|---|---|---|---|\n"
        )
        delen.extend(
            f"| {soort} | {geval.situatie} | {geval.opgegeven} | "
            f"{'ja' if geval.geldt else 'nee'} | {geval.planstatus} | {geval.hardheid} |\n"
            for soort, geval in zip(SOORTEN, vier, strict=True)
        )
    return "".join(delen)


if __name__ == "__main__":
    TABEL.write_text(format_table(), encoding="utf-8")
