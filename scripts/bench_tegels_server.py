"""Serve the benchmark's project without judging it: that is not what is measured."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from kaartlagen.tegels import warm_up
from webmap import create_app
from webmap.config import Instellingen
from webmap.gegevens import ProjectGegevens
from webmap.geheugen import Laaggeheugen
from webmap.server import claim_plek, serve
from webmap.tegelkast import Tegelkast


class OngeoordeeldeGegevens(ProjectGegevens):
    """The project as it is stored."""

    def refresh(self) -> None:
        """Judge nothing."""


def main(project: Path) -> None:
    plek = claim_plek("127.0.0.1", 0)
    instellingen = Instellingen(project)
    geheugen, kast = Laaggeheugen(), Tegelkast()
    app = create_app(
        project,
        instellingen=instellingen,
        open_gegevens=lambda: OngeoordeeldeGegevens(project, geheugen, kast),
    )
    threading.Thread(target=warm_up, daemon=True).start()
    print(f"De kaart staat op {plek.url}", flush=True)
    serve(app, plek, instellingen, open_browser=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
