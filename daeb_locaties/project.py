"""The project folder: akkoord, layers and register, opened together."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from daeb_locaties.akkoord import Akkoord, current_akkoord
from daeb_locaties.errors import RegisterError
from daeb_locaties.register import Register, Registerplaats
from kaartlagen.opslag import LaagOpslag
from kaartlagen.projdata import GRIDMAP, add_grid_folder

STANDAARDMAP = Path("daeb-project")
REGISTERBESTAND = "register.sqlite"
REGISTERINSTELLING = "register.toml"
"""Holds `adres = "postgresql://..."` where the register is not in the folder."""

REGISTERVARIABELE = "DAEB_REGISTER"
"""An environment variable, so that what is opened in other threads and processes sees it too."""


@dataclass(frozen=True, slots=True)
class Project:
    """An opened project. Works as far as its data goes; what is missing is said, not raised."""

    map: Path
    akkoord: Akkoord
    lagen: LaagOpslag
    register: Register

    @classmethod
    def open(cls, project_map: Path) -> Self:
        """Open the project in a folder, making an empty register where there is none.

        The akkoord is the one that is in force today.

        Raises
        ------
        AkkoordError
            When an akkoord is there but wrong, or when two would be in force.
        RegisterError
            When it is not to be told where the register is.
        """
        add_grid_folder(project_map / "lagen" / GRIDMAP)
        return cls(
            map=project_map,
            akkoord=current_akkoord(project_map, date.today()),  # noqa: DTZ011  (a day of the users)
            lagen=LaagOpslag(project_map / "lagen"),
            register=Register(find_register(project_map)),
        )

    def close(self) -> None:
        """Close the register."""
        self.register.close()

    def __enter__(self) -> Self:
        """Return the project itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the project."""
        self.close()


def find_register(project_map: Path) -> Registerplaats:
    """Return where the register of a project is.

    What `--register` says goes first, then `register.toml`; else it is a SQLite file in
    the folder.

    Raises
    ------
    RegisterError
        When what is said there is no address, or the file holds a password.
    """
    adres = os.environ.get(REGISTERVARIABELE)
    if adres:
        return Registerplaats.parse(adres)
    instelling = project_map / REGISTERINSTELLING
    if not instelling.exists():
        return Registerplaats.of_file(project_map / REGISTERBESTAND)
    try:
        inhoud = tomllib.loads(instelling.read_text(encoding="utf-8"))
        adres = str(inhoud["adres"])
    except (OSError, ValueError, KeyError) as fout:
        raise RegisterError(
            f"hieruit is niet te lezen waar het register staat ({fout}).",
            waar=str(instelling),
            herstel='Schrijf erin: adres = "postgresql://gebruiker@server/database".',
        ) from fout
    plaats = Registerplaats.parse(adres)
    if plaats.has_password:
        # The folder is copied, shared and backed up; a password does not belong in it.
        raise RegisterError(
            "een wachtwoord hoort niet in de projectmap.",
            waar=str(instelling),
            herstel="Haal het weg en zet het in ~/.pgpass of in PGPASSWORD.",
        )
    return plaats


def is_empty(project_map: Path) -> bool:
    """Whether a folder holds no project yet."""
    namen = ("akkoord.toml", "lagen", REGISTERBESTAND, REGISTERINSTELLING)
    return not any((project_map / naam).exists() for naam in namen)
