"""A map of weights as a PNG, a pixel a weight, with nothing but the standard library."""

import struct
import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def png(weights: npt.NDArray[np.float32], palette: Sequence[str]) -> bytes:
    """Weights (rows, columns) from 0 to the largest, in 256 colours (#rrggbb), as a file.

    Colours go by a weight's root, as on the page. An indexed PNG of 8 bits, as in the PNG
    specification's sections 5 and 11.
    """
    rows, columns = weights.shape
    scale = float(weights.max(initial=0)) or 1.0
    pixels = np.rint(np.sqrt(weights / scale) * (len(palette) - 1)).astype(np.uint8)
    # each line begins with the number of its filter, 0: none
    lines = np.pad(pixels, ((0, 0), (1, 0))).tobytes()
    colours = b"".join(bytes.fromhex(colour[1:]) for colour in palette)
    header = struct.pack(">IIBBBBB", columns, rows, 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in (
            (b"IHDR", header),
            (b"PLTE", colours),
            (b"IDAT", zlib.compress(lines, 9)),
            (b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
