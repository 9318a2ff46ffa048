"""The project folder: akkoord, layers and register, opened together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from daeb_locaties.akkoord import Akkoord, read_akkoord
from daeb_locaties.register import Register
from kaartlagen.opslag import LaagOpslag

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

        Raises
        ------
        AkkoordError
            When `akkoord.toml` is there but wrong.
        RegisterError
            When the register cannot be opened.
        """
        return cls(
            map=project_map,
            akkoord=read_akkoord(project_map / "akkoord.toml"),
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
