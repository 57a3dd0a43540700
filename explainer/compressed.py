"""Responses compressed for those who take it, scripts once and not for each reader."""

from collections import OrderedDict

from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.web import GZipContentEncoding

MOST = 32 * 2**20  # bytes of compressed files to keep, far more than the pages need


class Kept:
    """Compressed files by their ETag, which is a hash of their content; the last used stay."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._files: OrderedDict[str, bytes] = OrderedDict()

    def get(self, etag: str) -> bytes | None:
        """A file, if it is kept."""
        if etag in self._files:
            self._files.move_to_end(etag)
        return self._files.get(etag)

    def put(self, etag: str, content: bytes) -> None:
        """Keep a file, and forget those that have not been asked for the longest."""
        self._files[etag] = content
        while sum(map(len, self._files.values())) > self.most:
            self._files.popitem(last=False)


KEPT = Kept()


class Compressed(GZipContentEncoding):
    """Tornado's compression, which does its work once for each file."""

    def __init__(self, request: HTTPServerRequest) -> None:
        super().__init__(request)
        self._whole = request.method == "GET" and "Range" not in request.headers
        self._etag = ""  # of a file to be kept
        self._kept: bytes | None = None
        self._made: list[bytes] = []

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        """The headers, and what there is of the body."""
        # what was modified at some time is a file; a page that was made for one reader is not
        if self._gzipping and self._whole and status_code == 200 and "Last-Modified" in headers:
            self._etag = headers.get("Etag", "")
            self._kept = KEPT.get(self._etag)
        if self._kept is None:
            return super().transform_first_chunk(status_code, headers, chunk, finishing)
        headers["Vary"] = ", ".join(filter(None, [headers.get("Vary"), "Accept-Encoding"]))
        headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(self._kept))
        return status_code, headers, self._kept

    def transform_chunk(self, chunk: bytes, finishing: bool) -> bytes:
        """More of the body."""
        if self._kept is not None:
            return b""  # all of it went with the headers
        chunk = super().transform_chunk(chunk, finishing)
        if self._etag and self._gzipping:
            self._made.append(chunk)
            if finishing:
                KEPT.put(self._etag, b"".join(self._made))
        return chunk
