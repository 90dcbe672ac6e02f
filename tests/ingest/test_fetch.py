"""URLs: only public addresses, whatever name, redirect or notation leads elsewhere; bounded in size and time."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any

import httpcore
import pytest

from recoupe.ingest import Limits, fetch
from tests.ingest.make import TEXT, article, failure, take
from tests.ingest.site import Handler, serving

QUICK = Limits(document=100_000, seconds=1)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving() as address:
        yield address


def test_a_page_is_fetched(server: str) -> None:
    found = article(take(f"{server}/page", allow_private=True))
    assert (found.text, found.places, found.url) == (TEXT, (f"{server}/page",), f"{server}/page")


def test_the_declared_encoding_is_used(server: str) -> None:
    found = article(take(f"{server}/latin", allow_private=True))
    assert (found.text, found.notes) == (TEXT, ())


def test_redirects_are_followed_without_cookies(server: str) -> None:
    Handler.seen.clear()
    found = article(take(f"{server}/hop", allow_private=True))
    assert (found.places, found.url) == ((f"{server}/hop",), f"{server}/page")
    assert [headers["User-Agent"].partition("/")[0] for headers in Handler.seen] == ["recoupe", "recoupe"]
    assert not any("Cookie" in headers for headers in Handler.seen)


def test_compressed_pages_are_unpacked(server: str) -> None:
    assert article(take(f"{server}/packed", allow_private=True)).text == TEXT


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("/loop", "redirects more than 5 times"),
        ("/missing", "the site answered 404 Not Found"),
        ("/file", "cannot be fetched: only http and https are fetched, not file"),
        ("/large", "is larger than 0.1 MB"),
        ("/bomb", "is larger than 0.1 MB"),
        ("/br", "is compressed as br, which was not asked for"),
        ("/drip", "took more than 1 seconds"),
        ("/slow-head", "took more than 1 seconds"),
    ],
)
def test_what_is_refused(server: str, path: str, cause: str) -> None:
    found = failure(take(f"{server}{path}", allow_private=True, limits=QUICK))
    assert (found.input, found.cause) == (f"{server}{path}", cause)


def test_nobody_there() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        assert failure(take(address, allow_private=True)).cause.startswith("cannot be fetched")


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/x", "file:///etc/passwd", "http://", "http://user:secret@127.0.0.1/", "https://[::1", "://"],
)
def test_addresses_that_are_not_fetched(url: str) -> None:
    assert failure(take(url)).cause.startswith("cannot be fetched")


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("ftp://example.org/x", "download it, and give the file"),
        ("file:///etc/passwd", "give its path, without file://"),
        ("https://user:secret@example.org/", "save the page, and give the file"),
    ],
)
def test_what_to_do_instead(url: str, advice: str) -> None:
    assert failure(take(url)).advice == advice


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "0.0.0.0",
        "127.1",
        "2130706433",
        "0x7f000001",
        "169.254.169.254",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "100.64.0.1",
        "[::ffff:127.0.0.1]",
        "[fe80::1]",
        "[fd00::1]",
        "[::]",
        "[::127.0.0.1]",
    ],
)
def test_private_addresses_are_refused_in_every_notation(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", lambda *_, **__: pytest.fail("connected"))
    found = failure(take(f"http://{host}:9/"))
    assert found.cause.startswith("leads to a private address")
    assert "--allow-private" in found.advice


@pytest.mark.parametrize(
    "address",
    [
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "224.0.0.1",
        "255.255.255.255",
        "ff02::1",
    ],
)
def test_addresses_inside_addresses_are_private(address: str) -> None:
    assert not fetch.is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_public_addresses(address: str) -> None:
    assert fetch.is_public(address)


def test_a_redirect_to_a_private_address_is_refused(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "is_public", lambda address: address == "127.0.0.1")
    assert article(take(f"{server}/hop")).text == TEXT
    assert "127.0.0.2" in failure(take(f"{server}/inside")).cause


def resolver(*answers: list[str]) -> Callable[..., list[tuple[Any, ...]]]:
    """A stand-in for getaddrinfo that gives each answer once."""
    waiting = iter(answers)

    def getaddrinfo(host: str, port: int, **_: object) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(waiting)]

    return getaddrinfo


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolver(["93.184.215.14", "10.0.0.1"]))
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", lambda *_, **__: pytest.fail("connected"))
    assert "news.example is 10.0.0.1" in failure(take("https://news.example/")).cause


def test_the_checked_address_is_the_one_connected_to(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second answer of the DNS (rebinding) is never asked for: the stand-in would have none to give."""
    connected: list[str] = []
    connect = httpcore.SyncBackend.connect_tcp

    def spy(self: httpcore.SyncBackend, host: str, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        connected.append(host)
        return connect(self, "127.0.0.1", *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolver(["93.184.215.14"]))
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", spy)
    monkeypatch.setattr("socket.create_connection", lambda address, *_, **__: plain_connection(address))
    port = server.rpartition(":")[2]
    assert article(take(f"http://news.example:{port}/page")).text == TEXT
    assert connected == ["93.184.215.14"]


def plain_connection(address: tuple[str, int]) -> socket.socket:
    """A connection without a look at the DNS."""
    connection = socket.socket()
    connection.settimeout(5)
    connection.connect(address)
    return connection


def test_certificates_are_checked_against_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    class Fake(httpcore.NetworkStream):
        def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: Any = None) -> Any:
            assert ssl_context.check_hostname
            assert ssl_context.verify_mode.name == "CERT_REQUIRED"
            raise httpcore.ConnectError(f"asked for {server_hostname}")

        def get_extra_info(self, info: str) -> Any:
            return None

        def close(self) -> None:
            pass

    monkeypatch.setattr(socket, "getaddrinfo", resolver(["93.184.215.14"]))
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", lambda *_, **__: Fake())
    assert failure(take("https://news.example/")).cause == "cannot be fetched: asked for news.example"
