"""Content negotiation (RFC 9110, section 12): which of several formats a client wants."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_QUALITY: Final = re.compile(r"[01](\.\d*)?|\.\d+")
_LEAST: Final = 0.001
"""The least quality there is (RFC 9110, section 12.4.2): what one counts for that cannot be read."""


@dataclass(frozen=True)
class Offer:
    """A format that can be given.

    `suffix` names it in addresses, `aliases` in Accept headers, `called` is what clients also call it.
    """

    media_type: str
    suffix: str
    aliases: tuple[str, ...] = ()
    called: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return every media type that asks for this format."""
        return (self.media_type, *self.aliases)

    @property
    def content_type(self) -> str:
        """Return the value of Content-Type, with the charset where text needs one."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


@dataclass(frozen=True)
class _Range:
    """One media range of an Accept header with its quality, 0 to 1."""

    media_type: str
    quality: float

    def specificity(self, name: str) -> int:
        """Return how exactly the range names a media type; 0 if it does not."""
        if self.media_type == name:
            return 3
        main = name.partition("/")[0]
        return {f"{main}/*": 2, "*/*": 1}.get(self.media_type, 0)


def choose(accept: str | None, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer that an Accept header prefers, the first one among equals, or None.

    Without a header everything is welcome.
    """
    ranges = _parse(accept or "*/*")
    best = max(offers, key=lambda offer: _quality(ranges, offer), default=None)
    return best if best is not None and _quality(ranges, best) > 0 else None


def by_suffix(suffix: str, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer with this suffix, or None."""
    return next((offer for offer in offers if offer.suffix == suffix), None)


def by_name(name: str, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer that a parameter such as ``?format=turtle`` means: by suffix, name or media type."""
    wanted = name.strip().lower().replace(" ", "+")  # a plus that was not encoded
    return next(
        (offer for offer in offers if wanted in {offer.suffix, *offer.called, *offer.names}),
        None,
    )


def prefers_html(accept: str | None) -> bool:
    """Tell whether a client names HTML and wants it at least as much as JSON: a browser."""
    ranges = _parse(accept or "")
    html = max(
        (r.quality for r in ranges if r.media_type in {"text/html", "application/xhtml+xml"}), default=0
    )
    json = max((r.quality for r in ranges if r.media_type.endswith("json")), default=0)
    return html > 0 and html >= json


def _quality(ranges: Sequence[_Range], offer: Offer) -> float:
    return max(_quality_of(ranges, name) for name in offer.names)


def _quality_of(ranges: Sequence[_Range], name: str) -> float:
    """Return the quality of the range that names a media type most exactly."""
    matching = [(r.specificity(name), r.quality) for r in ranges if r.specificity(name)]
    return max(matching)[1] if matching else 0.0


@lru_cache(maxsize=256)
def _parse(accept: str) -> tuple[_Range, ...]:
    return tuple(found for part in accept.lower().split(",") if (found := _range(part)))


def _range(text: str) -> _Range | None:
    media_type, *parameters = (piece.strip() for piece in text.split(";"))
    if "/" not in media_type:
        return _Range("*/*", 1.0) if media_type == "*" else None
    quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    return _Range(media_type, min(float(quality), 1.0) if _QUALITY.fullmatch(quality) else _LEAST)
