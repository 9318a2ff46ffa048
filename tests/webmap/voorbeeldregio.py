"""A real project folder for tests that write: the example region, made once and copied."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from daeb_locaties.inlezen import read_voorbeeld
from daeb_locaties.keten import run_keten
from daeb_locaties.project import Project
from daeb_locaties.voorbeeld import write_voorbeeld
from webmap import create_app


def make_regio(map_: Path) -> Path:
    """Make the example region, judged."""
    write_voorbeeld(map_, percelen=1000)
    with Project.open(map_) as project:
        read_voorbeeld(project)
        run_keten(project)
    return map_


def copy_regio(bron: Path, doel: Path) -> Path:
    shutil.copytree(bron, doel)
    return doel


class Gebruiker:
    """Somebody at the table: a client of its own that says who it is."""

    def __init__(self, client: FlaskClient, naam: str, partij: str) -> None:
        self.client = client
        antwoord = self.send("PUT", "/api/ik", {"naam": naam, "partij": partij})
        assert antwoord.status_code == 200, antwoord.text

    @classmethod
    def of(cls, map_: Path, naam: str = "Anna", partij: str = "gemeente 9001") -> Gebruiker:
        app = create_app(map_, flask_config={"TESTING": True})
        return cls(app.test_client(), naam, partij)

    def and_another(self, naam: str, partij: str) -> Gebruiker:
        return Gebruiker(self.client.application.test_client(), naam, partij)

    def send(
        self, method: str, pad: str, inhoud: Any = None, versie: int | None = None
    ) -> TestResponse:
        koppen = {"X-DAEB": "1"}
        if versie is not None:
            koppen["If-Match"] = f'"{versie}"'
        return self.client.open(
            pad,
            method=method,
            data=json.dumps(inhoud or {}),
            headers=koppen,
            content_type="application/json",
        )

    def get(self, pad: str) -> Any:
        antwoord = self.client.get(pad)
        assert antwoord.status_code == 200, antwoord.text
        return antwoord.json

    def locaties(self) -> list[dict[str, Any]]:
        return [f["properties"] for f in self.get("/api/locaties")["features"]]

    def percelen(self, aantal: int = 2) -> list[dict[str, Any]]:
        """Return neighbouring percelen around the first locatie."""
        x, y = self.locaties()[0]["punt"]
        features = self.get(f"/api/percelen?bbox={x - 120},{y - 120},{x + 120},{y + 120}")
        assert len(features["features"]) >= aantal
        return [f["properties"] for f in features["features"][:aantal]]
