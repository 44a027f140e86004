"""Parameters in addresses: each counts once and is one that there is, so none is dropped without a word."""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import Depends, Request

from api.problems import ProblemError

LANGUAGE: Final = "lang"
"""Chooses the language of a page. Links between pages keep it, so addresses of one with data know it too."""


async def refuse_repeated(request: Request) -> None:
    """Refuse a request that gives a parameter more than once. Raises `ProblemError` (400)."""
    given = Counter(name for name, _ in request.query_params.multi_items())
    repeated = next((name for name, times in given.items() if times > 1), None)
    if repeated is not None:
        raise ProblemError(
            400,
            f"The parameter “{repeated}” is given more than once. Ask once for each value.",
            "parameter-repeated",
            members={"parameter": repeated},
        )


def refuse_unknown(*known: str) -> Callable[[Request], Awaitable[None]]:
    """Return what refuses a request with any parameter but the `known` ones, or with one of them twice.

    It raises `ProblemError` (400), which names them.
    """

    async def refuse(request: Request) -> None:
        await refuse_repeated(request)
        unknown = next((name for name in request.query_params if name not in known), None)
        if unknown is not None:
            there_are = f"There are: {', '.join(known)}." if known else "There is none."
            raise ProblemError(
                400,
                f"There is no parameter “{unknown}” here. {there_are}",
                "parameter-unknown",
                members={"parameter": unknown, "known": list(known)},
            )

    return refuse


Once = Depends(refuse_repeated)
