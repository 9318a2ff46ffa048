"""Readers that do what must never happen, to see that the fuzz run sees it."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any


def work(pijp: Connection, _bronnen: object, zaad: int, _werkmap: Path) -> None:
    """Misbehave as the seed says: 1 hangs, 2 dies, 3 leaves a file, 4 takes much memory."""
    while True:
        nummer = pijp.recv()
        if nummer is None:
            pijp.send({"klaar": True})
            continue
        pijp.send("begin")
        uit: dict[str, Any] = {"soort": "gelezen", "reden": "", "geheugen": 0, "bestanden": []}
        if zaad == 1:
            einde = time.monotonic() + 60
            while time.monotonic() < einde:
                pass
        if zaad == 2:
            os._exit(139)
        if zaad == 3:
            uit["bestanden"] = [("cwd/x", 1, 1)]
        if zaad == 4:
            uit["geheugen"] = 2 << 30
        pijp.send(uit)
