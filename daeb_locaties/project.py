"""The project folder: akkoord, layers and register, opened together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from daeb_locaties.akkoord import Akkoord, current_akkoord
from daeb_locaties.register import Register
from kaartlagen.opslag import LaagOpslag
from kaartlagen.projdata import GRIDMAP, add_grid_folder

STANDAARDMAP = Path("daeb-project")


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
            When the register cannot be opened.
        """
        add_grid_folder(project_map / "lagen" / GRIDMAP)
        return cls(
            map=project_map,
            akkoord=current_akkoord(project_map, date.today()),  # noqa: DTZ011  (a day of the users)
            lagen=LaagOpslag(project_map / "lagen"),
            register=Register(project_map / "register.sqlite"),
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


def is_empty(project_map: Path) -> bool:
    """Whether a folder holds no project yet."""
    return not any(
        (project_map / naam).exists() for naam in ("akkoord.toml", "register.sqlite", "lagen")
    )
