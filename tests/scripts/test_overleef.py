"""The register survives: the short form of scripts/overleef.py."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.traag,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is er niet op dit systeem"),
]


def overleef(root: Path, soort: str) -> str:
    script = str(root / "scripts" / "overleef.py")
    klaar = subprocess.run(
        [sys.executable, script, "--keer", "10", "--register", soort],
        capture_output=True,
        text=True,
        check=False,
        timeout=250,
    )
    assert klaar.returncode == 0, klaar.stdout + klaar.stderr[-2000:]
    bevestigd = re.search(r"gebeurtenissen bevestigd +(\d+)", klaar.stdout)
    # A tally of nothing would survive anything.
    assert bevestigd is not None
    assert int(bevestigd[1]) > 20, klaar.stdout
    return klaar.stdout


def test_file_survives_kills_a_full_disk_a_read_only_folder_and_a_mad_clock(root: Path) -> None:
    uitvoer = overleef(root, "sqlite")
    assert uitvoer.count("doorstaan") == 4
    assert uitvoer.rstrip().endswith("OVERLEEFD")


@pytest.mark.postgres
def test_server_survives_kills_of_writers_and_of_itself(
    root: Path, postgres_server: object
) -> None:
    assert "PostgreSQL" in overleef(root, "postgresql")
