"""One written region of the default size, shared by the tests that only look at it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from daeb_locaties.voorbeeld import Voorbeeldtellingen, write_voorbeeld


@dataclass(frozen=True)
class Geschreven:
    """A project folder with the example, and what the writer counted."""

    map: Path
    tellingen: Voorbeeldtellingen

    @property
    def bron(self) -> Path:
        return self.map / "voorbeeld"


@pytest.fixture(scope="package")
def voorbeeld(tmp_path_factory: pytest.TempPathFactory) -> Geschreven:
    doel = tmp_path_factory.mktemp("project")
    return Geschreven(doel, write_voorbeeld(doel))
