"""The review page's server: one person, one machine, decisions on disk as they are made.

Any web page that is open in the same browser can send requests to 127.0.0.1, and any name can be made to
resolve to it. So every request must carry the token of this run in its path and name this server as its
host, and one that writes must come from this page; all others get the same 404, which says nothing.
"""

import json
import secrets
import socketserver
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cleaner.machine.locks import alone
from cleaner.review.decisions import Decisions, DecisionsError, load, parse, record, save

_LARGEST_BODY = 1 << 20


class Review:
    """The decisions of one project, shared by all tabs; every change is on disk before it is answered."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._version = 0
        self._stamp = self._on_disk()
        self._decisions = load(path)

    def state(self) -> dict[str, Any]:
        """All decisions and a number that changes with them. Takes in what another program wrote."""
        with self._lock:
            self._refresh()
            return {"version": self._version, "decisions": [record(one) for one in self._decisions]}

    def change(self, value: object) -> None:
        """Takes a decision in (or back, with "drop") and saves. Raises ValueError for what is none."""
        decision = parse(value)
        with self._lock, alone(self._path.parent):
            self._refresh()
            changed = Decisions(self._decisions)
            if isinstance(value, dict) and value.get("drop"):
                changed.drop(decision.key)
            else:
                changed.add(decision)
            save(self._path, changed)
            self._decisions, self._stamp = changed, self._on_disk()
            self._version += 1

    def _refresh(self) -> None:
        stamp = self._on_disk()
        if stamp != self._stamp:
            self._decisions, self._stamp = load(self._path), stamp
            self._version += 1

    def _on_disk(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns


class Server(ThreadingHTTPServer):
    """Listens on 127.0.0.1 only. `address` is what to open in a browser, token included."""

    daemon_threads = True
    # several tabs may ask at once; five, the default, resets the sixth
    request_queue_size = 128

    def __init__(self, page: Callable[[], bytes], decisions: Path, port: int = 0) -> None:
        self.token = secrets.token_urlsafe(24)
        self.page = page
        self.review = Review(decisions)
        super().__init__(("127.0.0.1", port), _Handler)

    def server_bind(self) -> None:
        """Binds without asking a name server for this machine's name, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.socket.getsockname()[:2]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tells of a bug; a browser that went away in the middle, as one does when its tab is closed, is none."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def address(self) -> str:
        """Where a browser finds it; whoever does not know the token is refused."""
        return f"http://127.0.0.1:{self.server_port}/{self.token}/"

    def hosts(self) -> set[str]:
        """The names under which a browser on this machine may know this server."""
        return {f"127.0.0.1:{self.server_port}", f"localhost:{self.server_port}"}


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "cleaner"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        where = self._where()
        if where == "":
            self._page()
        elif where == "decisions":
            self._state()
        else:
            self._answer(404)

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if self._where() != "decisions" or not self._from_our_page():
            self._refuse(404)
        elif not length.isdecimal() or len(length) > 9 or int(length) > _LARGEST_BODY:
            self._refuse(413)
        else:
            self._change(self.rfile.read(int(length)))

    def _change(self, body: bytes) -> None:
        try:
            self.server.review.change(json.loads(body))
        except DecisionsError as error:
            self._answer(500, str(error).encode())
        except (ValueError, RecursionError) as error:
            self._answer(400, str(error).encode())
        except OSError as error:
            self._answer(500, f"the decision could not be saved: {error}".encode())
        else:
            self._answer(204)

    def _page(self) -> None:
        try:
            page = self.server.page()
        except (DecisionsError, OSError) as error:
            self._answer(500, str(error).encode())
        else:
            self._answer(200, page, "text/html; charset=utf-8")

    def _state(self) -> None:
        try:
            state = self.server.review.state()
        except (DecisionsError, OSError) as error:
            self._answer(500, str(error).encode())
        else:
            self._answer(200, json.dumps(state).encode(), "application/json")

    def _where(self) -> str | None:
        """What is asked for below the token; None when the token or the host is not ours."""
        _, token, *rest = (self.path.split("?")[0] + "//").split("/")
        ours = secrets.compare_digest(token.encode(), self.server.token.encode())
        if not ours or self.headers.get_all("Host", []) != [self.headers.get("Host")]:
            return None
        return "/".join(rest).rstrip("/") if self.headers.get("Host") in self.server.hosts() else None

    def _from_our_page(self) -> bool:
        site = self.headers.get("Sec-Fetch-Site", "same-origin")
        origin = self.headers.get("Origin")
        form = self.headers.get("Content-Type", "").split(";")[0].strip() != "application/json"
        return origin == f"http://{self.headers.get('Host')}" and site == "same-origin" and not form

    def _refuse(self, status: int) -> None:
        # the body was not read, so the connection cannot carry another request
        self.close_connection = True
        self._answer(status)

    def _answer(self, status: int, body: bytes = b"", kind: str = "text/plain; charset=utf-8") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keeps requests, and the token with them, off the terminal."""
