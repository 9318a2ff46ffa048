"""Find a PostgreSQL with PostGIS, install one, or start a server of our own in a temporary folder.

Standard library only. The server listens on a socket in its folder alone, trusts whoever may
enter that folder, and is gone with it. DAEB_POSTGRES names the folder of its programs.
"""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser import root_prefix

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/opt/postgresql*/bin", "/opt/homebrew/bin")
# One of these: the issue asks for PostgreSQL 15, and a newer system has a newer one.
PACKAGES = (["postgresql-15", "postgresql-15-postgis-3"], ["postgresql", "postgresql-postgis"])
GEBRUIKER = "postgres"


def find_postgres() -> Path | None:
    """Return the folder with initdb and postgres of a server that has PostGIS, 15 first."""
    gevraagd = os.environ.get("DAEB_POSTGRES")
    if gevraagd:
        return Path(gevraagd)
    mappen = [pad for patroon in PLACES for pad in Path("/").glob(patroon[1:])]
    mappen.sort(key=lambda pad: (pad.parent.name != "15", pad.as_posix()))
    return next((pad for pad in mappen if has_postgis(pad)), None)


def has_postgis(programmas: Path) -> bool:
    """Whether the server in this folder has PostGIS beside it."""
    if not (programmas / "initdb").is_file() or not (programmas / "pg_config").is_file():
        return False
    klaar = subprocess.run(
        [str(programmas / "pg_config"), "--sharedir"], capture_output=True, text=True, check=False
    )
    return (Path(klaar.stdout.strip()) / "extension" / "postgis.control").is_file()


def install_postgres() -> Path | None:
    """Install PostgreSQL with PostGIS where apt-get can without a question; return its place."""
    if shutil.which("apt-get") is None or (voor := root_prefix()) is None:
        return None
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*voor, "apt-get", "update", "-q"], env=env, check=False)
    for pakketten in PACKAGES:
        opdracht = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *pakketten]
        if subprocess.run([*voor, *opdracht], env=env, check=False).returncode == 0:
            return find_postgres()
    return None


class Server:
    """A server of our own.

    Parameters
    ----------
    programmas
        The folder with initdb and postgres.
    map_
        Where its data and its socket come; the user it runs as owns it.
    veilig
        Whether it waits for the disk, as a real one does.
    """

    def __init__(self, programmas: Path, map_: Path, *, veilig: bool) -> None:
        self.programmas, self.map, self.veilig = programmas, map_, veilig
        self.proces: subprocess.Popen[bytes] | None = None

    def adres(self, database: str) -> str:
        """Return the address of a database on it."""
        return f"postgresql://{self.gebruiker}@/{database}?host={self.map}"

    @property
    def gebruiker(self) -> str:
        """The user it runs as; PostgreSQL refuses root."""
        return GEBRUIKER if os.geteuid() == 0 else getpass.getuser()

    def init(self) -> None:
        """Make its data folder."""
        if os.geteuid() == 0:
            shutil.chown(self.map, GEBRUIKER, GEBRUIKER)
        subprocess.run(
            self._as_user(
                "initdb",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
                f"--username={self.gebruiker}",
                "-D",
                str(self.map / "data"),
            ),
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def start(self) -> None:
        """Start it and wait until it answers."""
        snel = [] if self.veilig else ["-c", "fsync=off", "-c", "synchronous_commit=off"]
        with (self.map / "log").open("ab") as log:
            self.proces = subprocess.Popen(
                self._as_user(
                    "postgres",
                    "-D",
                    str(self.map / "data"),
                    "-k",
                    str(self.map),
                    "-c",
                    "listen_addresses=",
                    "-c",
                    "max_connections=60",
                    *snel,
                ),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _ in range(300):
            klaar = subprocess.run(
                self._as_user("pg_isready", "-q", "-h", str(self.map)), check=False
            )
            if klaar.returncode == 0:
                return
            if self.proces.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError((self.map / "log").read_text(errors="replace")[-2000:])

    def stop(self) -> None:
        """Stop it at once, as at the end of a test."""
        if self.proces is not None:
            os.killpg(self.proces.pid, signal.SIGQUIT)
            self.proces.wait(30)
            self.proces = None

    def kill(self) -> None:
        """Kill the server and all its processes, as a power cut does."""
        if self.proces is None:
            return
        os.killpg(self.proces.pid, signal.SIGKILL)
        self.proces.wait(30)
        self.proces = None
        time.sleep(0.2)

    def _as_user(self, programma: str, *woorden: str) -> list[str]:
        voor = ["setpriv", f"--reuid={GEBRUIKER}", f"--regid={GEBRUIKER}", "--init-groups"]
        opdracht = [str(self.programmas / programma), *woorden]
        return [*voor, *opdracht] if os.geteuid() == 0 else opdracht


@contextmanager
def running_server(*, veilig: bool = False) -> Iterator[Server | None]:
    """Give a running server of our own; None where this machine has no PostgreSQL with PostGIS."""
    programmas = find_postgres() if sys.platform != "win32" else None
    if programmas is None:
        yield None
        return
    # Not under pytest's own folder: the name of a socket has 107 characters at most.
    map_ = Path(tempfile.mkdtemp(prefix="daeb-pg-"))
    server = Server(programmas, map_, veilig=veilig)
    try:
        server.init()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(map_, ignore_errors=True)
