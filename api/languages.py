"""Which of our two languages a reader prefers (RFC 9110, section 12.5.4)."""

import re
from typing import Final

from api.texts import Language

_QUALITY: Final = re.compile(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*")


def preferred_language(accept_language: str) -> Language:
    """Return what an Accept-Language header prefers; German among equals, or if it names neither."""
    qualities: dict[str, float] = {}
    for part in accept_language.lower().split(","):
        name, separator, parameter = part.partition(";")
        found = _QUALITY.fullmatch(parameter)
        quality = float(found[1]) if found else 0.0 if separator else 1.0
        language = name.strip().partition("-")[0]
        qualities[language] = max(qualities.get(language, 0.0), quality)
    others = qualities.get("*", 0.0)
    return "en" if qualities.get("en", others) > qualities.get("de", others) else "de"
