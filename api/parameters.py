"""Parameters in addresses: each counts once, so that none is dropped without a word."""

from collections import Counter

from fastapi import Depends, Request

from api.problems import ProblemError


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


Once = Depends(refuse_repeated)
