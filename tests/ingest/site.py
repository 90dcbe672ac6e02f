"""A small site on the loopback address, with what a hostile one may answer."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.ingest.make import TEXT, page


class Handler(BaseHTTPRequestHandler):
    """Answers by path; `seen` keeps the requests' headers."""

    seen: list[dict[str, str]]
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing on stderr."""

    def do_GET(self) -> None:
        type(self).seen.append(dict(self.headers))
        answers: dict[str, Callable[[], None]] = {
            "/page": lambda: self.answer(page().encode()),
            "/latin": lambda: self.answer(TEXT.encode("cp1252"), "text/plain; charset=windows-1252"),
            "/hop": lambda: self.redirect("/page"),
            "/loop": lambda: self.redirect("/loop"),
            "/inside": lambda: self.redirect(f"http://127.0.0.2:{self.headers['Host'].rpartition(':')[2]}/page"),
            "/file": lambda: self.redirect("file:///etc/passwd"),
            "/large": lambda: self.answer(b"mot " * 50_000, "text/plain"),
            "/bomb": lambda: self.answer(gzip.compress(b"a" * 50_000_000), "text/plain", "gzip"),
            "/packed": lambda: self.answer(gzip.compress(page().encode()), "text/html", "gzip"),
            "/br": lambda: self.answer(b"\x8b\x00\x80", "text/html", "br"),
            "/drip": self.drip,
            "/slow-head": self.slow_head,
        }
        answers.get(self.path, lambda: self.send_error(404))()

    def answer(self, body: bytes, kind: str = "text/html", encoding: str = "") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.send_header("Set-Cookie", "id=1; Path=/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        self.trickle()

    def slow_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self.trickle()

    def trickle(self) -> None:
        self.close_connection = True
        for _ in range(40):  # 4 s at most
            try:
                self.wfile.write(b"a")
            except OSError:
                return
            time.sleep(0.1)


class Server(ThreadingHTTPServer):
    """Says nothing when a client leaves early, which is what these tests are about."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing on stderr."""


@contextmanager
def serving() -> Iterator[str]:
    """The address of a running site."""
    Handler.seen = []
    with Server(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()
