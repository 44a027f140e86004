"""Parts of a file (RFC 9110, section 14): the one range of bytes that a request asks for.

Several ranges at once and what is no range of bytes are ignored, as the standard allows: the whole is sent.
"""

import re
from collections.abc import Mapping
from typing import Final

from api.problems import ProblemError

_ONE: Final = re.compile(r"\s*bytes\s*=\s*(\d{0,99})\s*-\s*(\d{0,99})\s*", re.IGNORECASE)


def wanted_part(asked: Mapping[str, str], told: Mapping[str, str], size: int) -> range | None:
    """Return the bytes that a request's headers ask for of a file of `size` bytes, or None for the whole.

    `told` are the headers of the whole: If-Range asks for the part of that very content only.
    Raises `ProblemError` (416) for a part that there is not.
    """
    found = _ONE.fullmatch(asked.get("range", ""))
    if found is None or asked.get("if-range", told["ETag"]) not in {told["ETag"], told["Last-Modified"]}:
        return None
    first, last = found.groups()
    if not (first or last) or (first and last and int(first) > int(last)):
        return None
    if first:
        part = range(int(first), min(int(last or size), size - 1) + 1)
    else:
        part = range(max(size - int(last), 0), size)
    if not part:
        raise ProblemError(
            416,
            f"The file has {size:,} bytes; it has no part {asked['range'].strip()!r}.",
            "range-not-satisfiable",
            headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"},
        )
    return part
