"""A real WordPress on loopback: Debian's package, a private MariaDB, PHP's own web server.

Nothing of it touches the WordPress or the databases of this computer: the program is copied into a
temporary folder with a configuration of its own, the database speaks through a socket in it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

PROGRAM = Path("/usr/share/wordpress")
NEEDED = ("php", "mariadbd", "mariadb", "setpriv")
MODULES = ("mysqli", "gd", "mbstring", "xml")
PHP = Path(__file__).resolve().parent / "wordpress_php"
STARTS = 60.0  # s
# A server and the workers that it makes end together, also where the tests are killed.
_WATCHED = (
    "setpriv", "--pdeathsig", "TERM",
    "sh", "-c", "trap 'trap \"\" TERM; kill -TERM 0; wait; exit 0' TERM; \"$@\" & wait $!", "sh",
)  # fmt: skip


def missing() -> str:
    """Why WordPress cannot be run here; "" where it can."""
    if sys.platform != "linux":
        return "the real WordPress comes from Debian's packages"
    if not (PROGRAM / "wp-includes").is_dir():
        return "the Debian package wordpress is not installed (scripts/wordpress.py)"
    for name in NEEDED:
        if _program(name) is None:
            return f"{name} is not installed (scripts/wordpress.py)"
    found = subprocess.run(["php", "-m"], capture_output=True, text=True, check=False)
    lacking = [name for name in MODULES if name not in found.stdout.split()]
    return f"PHP lacks {', '.join(lacking)} (scripts/wordpress.py)" if lacking else ""


def _program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")


class WordPress:
    """Use as a context manager. `url` is the site, `password` an application password of `admin`.

    Other users: author, subscriber (`password_of`). Addresses in answers follow the Host header, so
    that a proxy can stand before it.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fj-wp-"))
        self.tree = self.folder / "site"
        self._running: list[subprocess.Popen[bytes]] = []
        self.passwords: dict[str, str] = {}
        self.url = ""
        self._ways: dict[tuple[str, bool], str] = {}

    def __enter__(self) -> WordPress:
        try:
            database = self._start_database()
            self._copy()
            self._wait(lambda: self._database_answers(), database, "MariaDB")
            self.sql("CREATE DATABASE wp CHARACTER SET utf8mb4", database="")
            made = self.php("install")
            self.passwords = made["passwords"]
            self.url = self.serve()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        for process in reversed(self._running):
            self._stop(process)
        shutil.rmtree(self.folder, ignore_errors=True)

    # ------------------------------------------------------------------ what tests ask

    def password_of(self, user: str) -> str:
        """The application password of a user."""
        return self.passwords[user]

    def sql(self, query: str, database: str = "wp") -> list[list[str]]:
        """Rows of a query, every value as text."""
        command = [str(_program("mariadb")), "--no-defaults", f"--socket={self._socket}",
                   "--batch", "--raw", "--skip-column-names", "--default-character-set=utf8mb4",
                   "-e", query, *([database] if database else [])]  # fmt: skip
        done = subprocess.run(command, capture_output=True, check=False, timeout=30)
        if done.returncode:
            raise RuntimeError(done.stderr.decode())
        return [line.split("\t") for line in done.stdout.decode().splitlines()]

    def php(self, act: str, *words: str) -> Any:
        """Run an act of control.php inside WordPress; it answers in JSON."""
        command = [
            "php",
            "-d",
            "display_errors=stderr",
            str(self.tree / "control.php"),
            act,
            *words,
        ]
        done = subprocess.run(
            command, capture_output=True, cwd=self.tree, check=False, timeout=60, env=self._env()
        )
        if done.returncode:
            raise RuntimeError((done.stdout + done.stderr).decode())
        return json.loads(done.stdout.decode().rpartition("\x1e")[2])

    def empty(self) -> None:
        """Take out every post, file and tag: the next test finds nothing."""
        self.sql(
            "DELETE FROM wp_posts; DELETE FROM wp_postmeta; DELETE FROM wp_term_relationships;"
            "DELETE FROM wp_terms WHERE term_id > 1;"
            "DELETE FROM wp_term_taxonomy WHERE term_id > 1;"
            "DELETE FROM wp_options WHERE option_name = 'cron'"
        )
        self.cron(on=True)
        uploads = self.tree / "wp-content" / "uploads"
        shutil.rmtree(uploads)
        uploads.mkdir()

    def held(self) -> int:
        """How many posts wait for their time."""
        return int(self.sql("SELECT COUNT(*) FROM wp_posts WHERE post_status='future'")[0][0])

    def cron(self, *, on: bool) -> None:
        """Whether WordPress runs what is due when somebody looks (DISABLE_WP_CRON)."""
        flag = self.tree / "no-cron"
        flag.unlink(missing_ok=True) if on else flag.touch()

    def posts(self, status: str = "publish") -> list[str]:
        """The contents of posts in a state."""
        rows = self.sql(
            f"SELECT HEX(post_content) FROM wp_posts WHERE post_type='post'"
            f" AND post_status='{status}' ORDER BY ID"
        )
        return [bytes.fromhex(row[0]).decode() for row in rows]

    def served(self, *, subfolder: str = "", plain: bool = False) -> str:
        """Like `serve`, once for each way."""
        way = subfolder, plain
        if way not in self._ways:
            self._ways[way] = self.serve(subfolder=subfolder, plain=plain)
        return self._ways[way]

    def serve(self, *, subfolder: str = "", plain: bool = False) -> str:
        """The address of another web server on the same site: in a subfolder, or without pretty
        addresses (REST at /?rest_route=)."""
        port = _free_port()
        root = self.tree
        if subfolder:
            root = self.folder / f"root-{port}"
            root.mkdir()
            (root / subfolder).symlink_to(self.tree)
        env = self._env(FJ_HOME=f"/{subfolder}" if subfolder else "", FJ_PLAIN="1" if plain else "")
        command = ["php", "-d", "opcache.enable=1", "-d", "opcache.enable_cli=1",
                   "-d", "upload_max_filesize=64M", "-d", "post_max_size=64M",
                   "-d", "log_errors=0", "-S", f"127.0.0.1:{port}", "-t", str(root),
                   str(self.tree / "router.php")]  # fmt: skip
        process = self._run(command, self.tree, env | {"PHP_CLI_SERVER_WORKERS": "4"})
        url = f"http://127.0.0.1:{port}" + (f"/{subfolder}" if subfolder else "")
        self._wait(lambda: _answers(url), process, "PHP")
        return url

    # ------------------------------------------------------------------ parts

    @property
    def _socket(self) -> Path:
        return self.folder / "db.sock"

    def _start_database(self) -> subprocess.Popen[bytes]:
        data = self.folder / "db"
        data.mkdir()
        command = [str(_program("mariadbd")), "--no-defaults", f"--datadir={data}",
                   f"--socket={self._socket}", f"--pid-file={self.folder / 'db.pid'}",
                   "--skip-networking", "--skip-grant-tables", "--skip-log-bin",
                   "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M",
                   "--innodb-log-file-size=8M", "--performance-schema=0", "--aria-log-file-size=8M",
                   *(["--user=root"] if os.geteuid() == 0 else [])]  # fmt: skip
        return self._run(command, self.folder, dict(os.environ))

    def _database_answers(self) -> bool:
        try:
            self.sql("SELECT 1", database="")
        except RuntimeError:
            return False
        return True

    def _copy(self) -> None:
        self.tree.mkdir()
        subprocess.run(
            ["cp", "-rL", *(str(PROGRAM / name) for name in ("wp-includes", "wp-admin")),
             *(str(path) for path in PROGRAM.glob("*.php")), str(self.tree)],
            check=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for path in PHP.glob("*.php"):
            shutil.copy(path, self.tree / path.name)
        content = self.tree / "wp-content"
        for part in ("mu-plugins", "plugins", "uploads", "themes/bare"):
            (content / part).mkdir(parents=True)
        (self.tree / "rules.php").rename(content / "mu-plugins" / "rules.php")
        (self.tree / "theme.php").rename(content / "themes" / "bare" / "index.php")
        (content / "themes" / "bare" / "style.css").write_text("/*\nTheme Name: Bare\n*/\n")

    def _env(self, **more: str) -> dict[str, str]:
        return {**os.environ, "FJ_SOCKET": str(self._socket), "FJ_HOME": "", "FJ_PLAIN": "", **more}

    def _run(self, command: list[str], place: Path, env: dict[str, str]) -> subprocess.Popen[bytes]:
        log = (self.folder / f"log-{len(self._running)}").open("wb")
        process = subprocess.Popen(
            [*_WATCHED, *command],
            cwd=place,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        self._running.append(process)
        return process

    def _wait(self, ready: Any, process: subprocess.Popen[bytes], what: str) -> None:
        end = time.monotonic() + STARTS
        while not ready():
            if process.poll() is not None or time.monotonic() > end:
                log = self.folder / f"log-{self._running.index(process)}"
                raise RuntimeError(f"{what} did not start: {log.read_text(errors='replace')}")
            time.sleep(0.05)

    @staticmethod
    def _stop(process: subprocess.Popen[bytes]) -> None:
        """The process and the workers that it made: they are a group of their own."""
        for kind in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, kind)
            except ProcessLookupError:
                break
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                continue
        process.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/", timeout=10):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
