"""Bounded streams of bytes: an input is never read whole before it is known to be small enough."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from recoupe.errors import InputError
from recoupe.ingest.options import Limits

_CHUNK = 65_536


class Ahead(io.RawIOBase):
    """A stream some of whose first bytes were looked at already: they come first, then the rest.

    It counts what it gave out and cannot go back; that is all that the readers of archives need.
    """

    def __init__(self, head: bytes, rest: BinaryIO | io.RawIOBase) -> None:
        self._head = head
        self._rest = rest
        self._given = 0

    def readable(self) -> bool:
        """True: it is a stream to read."""
        return True

    def tell(self) -> int:
        """How many bytes were given out."""
        return self._given

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed has no public buffer type
        """Fill `buffer` as far as the next bytes go."""
        size = len(buffer)
        if self._head:
            data, self._head = self._head[:size], self._head[size:]
        else:
            data = self._rest.read(size) or b""
        buffer[: len(data)] = data
        self._given += len(data)
        return len(data)


class Gunzip(io.RawIOBase):
    """The content of a gzip stream of one or more members, refusing to grow beyond what text can.

    Reading raises InputError where the stream is damaged, cut off, or a decompression bomb; what came before was given
    out by then.
    """

    def __init__(self, packed: BinaryIO | io.RawIOBase, name: str, limits: Limits) -> None:
        self._packed = packed
        self._name = name
        self._limits = limits
        self._taken = self._given = 0
        self._input = b""
        self._member: zlib._Decompress | None = None
        self._fault: InputError | None = None

    def readable(self) -> bool:
        """True: it is a stream to read."""
        return True

    def tell(self) -> int:
        """How many unpacked bytes were given out."""
        return self._given

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed has no public buffer type
        """Fill `buffer` as far as the next bytes go.  Raises InputError (see the class)."""
        if self._fault:
            raise self._fault
        data = self._next(min(len(buffer), _CHUNK))
        buffer[: len(data)] = data
        self._given += len(data)
        if self._given > max(self._limits.document, self._taken * self._limits.expansion):
            self._fault = InputError(self._name, "gzip.bomb", times=self._limits.expansion)
        return len(data)

    def _next(self, size: int) -> bytes:
        while True:
            if not self._input and not (self._member and self._member.unconsumed_tail):
                self._input = self._packed.read(_CHUNK) or b""
                self._taken += len(self._input)
                if not self._input:
                    return self._at_end()
            if self._member is None:
                self._input = self._input.lstrip(b"\x00")  # padding between members
                if not self._input:
                    continue
                self._member = zlib.decompressobj(31)  # 31: with a gzip header
            data = self._unpack(self._member, size)
            if self._member and self._member.eof:
                self._input, self._member = self._member.unused_data, None
            if data:
                return data

    def _unpack(self, member: zlib._Decompress, size: int) -> bytes:
        source = member.unconsumed_tail + self._input
        self._input = b""
        try:
            return member.decompress(source, size)
        except zlib.error as error:
            raise self._broken("gzip.damaged") from error

    def _at_end(self) -> bytes:
        if self._member is not None:
            raise self._broken("gzip.cut")
        return b""

    def _broken(self, code: str) -> InputError:
        self._fault = InputError(self._name, code)
        return self._fault


def read_all(stream: BinaryIO | io.RawIOBase, name: str, limits: Limits) -> bytes:
    """All bytes of a stream.  Raises InputError where they are more than one document may have."""
    data = bytearray()
    while len(data) <= limits.document:
        chunk = stream.read(min(_CHUNK, limits.document + 1 - len(data)))
        if not chunk:
            return bytes(data)
        data += chunk
    raise too_large(name, limits)


def too_large(name: str, limits: Limits) -> InputError:
    """The error for a document, or one record of an archive, beyond the bound."""
    return InputError(name, "file.large", size=limits.document / 1_000_000)


def lines(stream: BinaryIO, longest: int) -> Iterator[bytes | None]:
    """The lines of a stream; None for one of more than `longest` bytes, of which no more is held at any time."""
    while raw := stream.readline(longest + 1):
        if len(raw) <= longest:
            yield raw
            continue
        while raw and not raw.endswith(b"\n"):
            raw = stream.readline(longest)
        yield None


def inflate(data: bytes, name: str, limits: Limits) -> bytes:
    """The content of an HTTP body packed with gzip or deflate, within the bound of one document.  Raises InputError."""
    if data.startswith(b"\x1f\x8b"):
        return read_all(Gunzip(io.BytesIO(data), name, limits), name, limits)
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):  # "deflate" is sent with and without zlib's header
        unpack = zlib.decompressobj(window)
        try:
            out = unpack.decompress(data, limits.document + 1)
        except zlib.error:
            continue
        if len(out) > limits.document:
            raise too_large(name, limits)
        return out
    raise InputError(name, "gzip.content")
