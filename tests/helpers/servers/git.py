"""Real git servers on loopback: `git http-backend` behind a token, and sshd with its own keys."""

from __future__ import annotations

import base64
import getpass
import os
import shutil
import socket
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def git(*words: str, at: Path | None = None, data: bytes | None = None) -> str:
    """Run git, as somebody with a name; what it said."""
    who = {"NAME": "Somebody", "EMAIL": "somebody@example.org"}
    named = {f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in who.items()}
    done = subprocess.run(
        ["git", *words],
        cwd=at,
        input=data,
        env={**os.environ, **named, "GIT_CONFIG_GLOBAL": "/dev/null", "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, (words, done.stderr.decode("utf-8", "replace"))
    return done.stdout.decode("utf-8", "surrogateescape").strip()


def bare(folder: Path, branch: str = "main", *, empty: bool = False) -> Path:
    """A bare repository, with a first commit in it unless it shall be empty."""
    git("init", "--quiet", "--bare", "-b", branch, str(folder))
    git("config", "http.receivepack", "true", at=folder)
    if not empty:
        commit(folder, {"hugo.toml": b"title = 'A site'\n"}, "The site", branch)
    return folder


def commit(folder: Path, changes: dict[str, bytes | None], words: str, branch: str = "main") -> str:
    """Somebody's commit in a bare repository. Its id."""
    ref = f"refs/heads/{branch}"
    stream = [
        f"commit {ref}\ncommitter Somebody <s@example.org> now\n".encode(),
        _data(words.encode()),
    ]
    if git("for-each-ref", ref, at=folder):
        stream.append(f"from {ref}^0\n".encode())
    for name, data in changes.items():
        if data is None:
            stream.append(f"D {name}\n".encode())
        else:
            stream += [f"M 644 inline {name}\n".encode(), _data(data)]
    git("fast-import", "--quiet", "--date-format=now", at=folder, data=b"".join(stream))
    return git("rev-parse", ref, at=folder)


def _data(data: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(data), data)


def files(folder: Path, branch: str = "main") -> dict[str, bytes]:
    """Every file at the tip of a branch."""
    names = git("ls-tree", "-r", "-z", "--name-only", branch, at=folder).split("\0")
    return {
        name: subprocess.run(
            ["git", "cat-file", "blob", f"{branch}:{name}"],
            cwd=folder,
            capture_output=True,
            check=True,
        ).stdout
        for name in names
        if name
    }


def log(folder: Path, branch: str = "main") -> list[str]:
    """The subjects of a branch, the newest first."""
    return git("log", "--format=%s", branch, at=folder).splitlines()


def hook(folder: Path, name: str, script: str) -> None:
    """Put a hook into a repository."""
    file = folder / "hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


class GitHttp(ThreadingHTTPServer):
    """`git http-backend` for the repositories below a folder. `faults` hold for the next push:
    "accept-then-drop", "drop", "500", "revoked"; `answer` is a status given to everything."""

    daemon_threads = True

    def __init__(self, root: Path, token: str = "") -> None:
        self.root = root
        self.token = token
        self.user = ""
        self.faults: list[str] = []
        self.answer = 0
        self.half = False  # whether a pack is sent to its middle, then the line breaks
        self.largest = 0  # bytes of a file that the server's disk takes; 0: any
        self.seen: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def stop(self) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: GitHttp

    def log_message(self, *words: object) -> None:
        pass

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        path, _, query = self.path.partition("?")
        body = self._body()
        self.server.seen.append(f"{self.command} {self.path}")
        if self.server.answer:
            self._answer(self.server.answer, [("Location", "/elsewhere/site.git/info/refs")])
            return
        if not self._allowed():
            self._answer(401, [("WWW-Authenticate", 'Basic realm="git"')])
            return
        pushed = path.endswith("/git-receive-pack")
        fault = self.server.faults.pop(0) if pushed and self.server.faults else ""
        if fault == "drop":
            self._drop()
            return
        if fault == "500":
            self._answer(500, [])
            return
        if fault == "revoked":
            self.server.token = "another one"
            self._answer(401, [("WWW-Authenticate", 'Basic realm="git"')])
            return
        status, headers, data = self._backend(path, query, body)
        if fault == "accept-then-drop":
            self._drop()
            return
        if self.server.half and b"packfile\n" in data[:200]:
            self.server.half = False
            self._answer(status, headers, data, len(data) // 2)
            self._drop()
            return
        self._answer(status, headers, data)

    def _allowed(self) -> bool:
        if not self.server.token:
            return True
        scheme, _, value = self.headers.get("Authorization", "").partition(" ")
        if scheme != "Basic":
            return False
        user, _, token = base64.b64decode(value).decode().partition(":")
        self.server.user = user
        return token == self.server.token

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        data = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            data += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return data

    def _backend(
        self, path: str, query: str, body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.server.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "REMOTE_USER": "somebody",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        words = ["git", "http-backend"]
        if self.server.largest:  # beyond it a write fails, as on a full disk
            words = [
                "sh",
                "-c",
                f"trap '' XFSZ; ulimit -f {self.server.largest // 512}; exec git http-backend",
            ]
        done = subprocess.run(words, input=body, env=environment, capture_output=True, check=False)
        head, _, data = done.stdout.partition(b"\r\n\r\n")
        headers = [
            (name, value.strip())
            for name, _, value in (line.partition(":") for line in head.decode().split("\r\n"))
        ]
        status = next((int(v.split()[0]) for n, v in headers if n == "Status"), 200)
        return status, [(n, v) for n, v in headers if n != "Status"], data

    def _answer(
        self,
        status: int,
        headers: list[tuple[str, str]],
        data: bytes = b"",
        sent: int | None = None,
    ) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[:sent])
        self.wfile.flush()

    def _drop(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


class Ssh:
    """An sshd of our own on a high port. `command` is the value for GIT_SSH_COMMAND."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        for name in ("host", "key"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)],
                check=True,
            )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        shutil.copy(folder / "key.pub", folder / "authorized")
        (folder / "sshd_config").write_text(
            f"ListenAddress 127.0.0.1:{self.port}\nHostKey {folder}/host\nPidFile {folder}/pid\n"
            f"AuthorizedKeysFile {folder}/authorized\nStrictModes no\nUsePAM no\n"
            "PasswordAuthentication no\nKbdInteractiveAuthentication no\n"
            "PermitRootLogin prohibit-password\n"
        )
        self.folder = folder
        self.user = getpass.getuser()
        host = (folder / "host.pub").read_text().split()
        (folder / "known").write_text(f"[127.0.0.1]:{self.port} {host[0]} {host[1]}\n")
        self.log = folder / "log"
        self.process = subprocess.Popen(
            [str(SSHD), "-D", "-f", str(folder / "sshd_config"), "-E", str(self.log)]
        )

    @property
    def command(self) -> str:
        return (
            f"ssh -F /dev/null -i {self.folder}/key -o IdentitiesOnly=yes -o BatchMode=yes "
            f"-o UserKnownHostsFile={self.folder}/known"
        )

    def ready(self) -> bool:
        """Whether somebody can sign in; False where this system does not let us."""
        until = time.monotonic() + 5
        while time.monotonic() < until and self.process.poll() is None:
            done = subprocess.run(
                [*self.command.split(), "-p", str(self.port), f"{self.user}@127.0.0.1", "true"],
                capture_output=True,
                check=False,
            )
            if done.returncode == 0:
                return True
            if b"refused" not in done.stderr:
                return False
            time.sleep(0.02)
        return False

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
