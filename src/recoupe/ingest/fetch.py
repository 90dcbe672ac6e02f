"""Pages from the Web: http and https, to public addresses only.

A name is resolved once, every address that it has is checked, and the connection goes to a checked address, so that no
second answer of the DNS can lead elsewhere; a redirect passes the same check.  Certificates are checked against the
name.  No cookies, no credentials, no proxies from the environment (one would resolve names itself).
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version
from typing import Any

import httpcore
import httpx

from recoupe.errors import Fault, InputError
from recoupe.ingest.options import Limits
from recoupe.ingest.streams import inflate, too_large

_NAT64 = ipaddress.ip_network("64:ff9b::/96")

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a URL gave: its bytes, the Content-Type, and the URL that it led to in the end."""

    data: bytes
    content_type: str | None
    url: str


class _RefusedError(Exception):
    """An address that is not fetched whatever it leads to, and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


class _HostError(httpcore.ConnectError):
    """A name leads to no address, or to one that is not public."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


class _DeadlineError(httpcore.TimeoutException):
    """The time for one URL is over."""


def fetch(url: str, *, allow_private: bool, limits: Limits) -> Fetched:
    """The content of a URL.  Raises InputError with the cause, and what to do, where there is none."""
    deadline = time.monotonic() + limits.seconds
    backend = _Backend(allow_private=allow_private, deadline=deadline)
    headers = {
        "User-Agent": f"recoupe/{version('recoupe')}",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip",
    }
    try:
        _check_url(httpx.URL(url))
        with (
            httpx.Client(
                transport=_Transport(backend),
                headers=headers,
                cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
                follow_redirects=True,
                max_redirects=limits.redirects,
                timeout=limits.seconds,
                trust_env=False,
            ) as client,
            client.stream("GET", url) as response,
        ):
            return _content(response, url, deadline, limits)
    except (_RefusedError, _HostError) as error:
        raise InputError.at(url, error.fault) from error
    except (httpx.TimeoutException, httpcore.TimeoutException) as error:
        raise InputError(url, "url.slow", seconds=limits.seconds) from error
    except httpx.TooManyRedirects as error:
        raise InputError(url, "url.redirects", most=limits.redirects) from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
        raise InputError(url, "url.unfetched", why=str(error)) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
        raise InputError(url, "url.unfetched", why=str(error)) from error


def is_public(address: str) -> bool:
    """Whether an IP address is on the public Internet, also behind the ways to write one address inside another."""
    return all(_global(each) for each in _meanings(ipaddress.ip_address(address.partition("%")[0])))


# --- addresses --------------------------------------------------------------------------------------------------


def _meanings(address: _Address) -> Iterator[_Address]:
    """An address and the IPv4 addresses that it stands for: mapped, 6to4, Teredo, NAT64."""
    yield address
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        yield from filter(None, inner)


def _global(address: _Address) -> bool:
    """Global as IANA's registries have it; a mapped address is judged by the one that it stands for."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return True
    return address.is_global and not address.is_multicast and not address.is_reserved


def _check_url(url: httpx.URL) -> None:
    if url.scheme not in ("http", "https"):
        known = {"": "url.no-scheme", "file": "url.file"}.get(url.scheme, "url.scheme")
        raise _RefusedError(Fault(known, (("scheme", url.scheme),)))
    if url.userinfo:
        raise _RefusedError(Fault("url.password"))


class _Backend(httpcore.NetworkBackend):
    """Connects to addresses that were checked, and ends everything at the deadline."""

    def __init__(self, *, allow_private: bool, deadline: float) -> None:
        self._allow_private = allow_private
        self._deadline = deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve `host`, check every address it has, and connect to the first that answers."""
        failed: Exception | None = None
        for address in self._addresses(host, port):
            try:
                stream = self._inner.connect_tcp(
                    address, port, _remaining(self._deadline), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
                continue
            return _Stream(stream, self._deadline)
        raise failed or _HostError(Fault("url.unknown-host", (("host", host),)))

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise _HostError(Fault("url.unknown-host", (("host", host),))) from error
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        private = [address for address in addresses if not is_public(address)]
        if private and not self._allow_private:
            raise _HostError(Fault("url.private", (("address", private[0]), ("host", host))))
        return addresses


class _Stream(httpcore.NetworkStream):
    """A connection every step of which ends at the deadline, so that a slow drip of bytes does not go on for ever."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes."""
        return self._inner.read(max_bytes, _remaining(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._inner.write(buffer, _remaining(self._deadline))

    def close(self) -> None:
        """End the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The connection with TLS; the certificate is checked against `server_hostname`, the name in the URL."""
        secured = self._inner.start_tls(ssl_context, server_hostname, _remaining(self._deadline))
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._inner.get_extra_info(info)


def _remaining(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise _DeadlineError("the time is over")
    return left


# --- HTTP -------------------------------------------------------------------------------------------------------


class _Body(httpx.SyncByteStream):
    """httpcore's body as httpx wants it."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __iter__(self) -> Iterator[bytes]:
        yield from self._inner

    def close(self) -> None:
        """End the response."""
        self._inner.close()


class _Transport(httpx.BaseTransport):
    """httpx over a connection pool with a network backend of our own, by the public interfaces of both."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        context = httpx.create_ssl_context(trust_env=False)
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; each redirect comes here again, and is checked again."""
        _check_url(request.url)
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        response = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response.stream), extensions=response.extensions
        )

    def close(self) -> None:
        """End all connections."""
        self._pool.close()


def _content(response: httpx.Response, url: str, deadline: float, limits: Limits) -> Fetched:
    """The body within its bounds, unpacked.  Raises InputError."""
    if response.status_code != 200:
        raise InputError(url, "url.status", status=f"{response.status_code} {response.reason_phrase}".strip())
    data = bytearray()
    for chunk in response.iter_raw():
        data += chunk
        _remaining(deadline)
        if len(data) > limits.document:
            raise too_large(url, limits)
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    body = bytes(data)
    if encoding in ("gzip", "x-gzip", "deflate") and body:
        body = inflate(body, url, limits)
    elif encoding not in ("", "identity"):
        raise InputError(url, "url.encoding", encoding=encoding[:20])
    return Fetched(body, response.headers.get("Content-Type"), str(response.url))
