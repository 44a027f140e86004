"""Room for large results: given back when they are sent, and shared among those who are sent them."""

import gc
from pathlib import Path

import pytest

from api.query.errors import TooManyError
from api.query.spool import Spool, Spooled


def written(spool: Spool, size: int) -> Spooled:
    path = Path(spool.new_path())
    path.write_bytes(b"x" * size)
    return spool.take(str(path), size)


def test_one_client_is_sent_at_most_half_at_a_time(tmp_path: Path) -> None:
    spool = Spool(tmp_path, 100)
    first = spool.read(written(spool, 30), "greedy")
    same = spool.read(first.spooled, "greedy")
    with pytest.raises(TooManyError, match="other large results") as caught:
        spool.read(written(spool, 30), "greedy")
    assert caught.value.members == {"limit": {"setting": "STADTZIELE_SPOOL_BYTES", "value": 100}}
    assert b"".join(spool.read(written(spool, 30), "modest").chunks()) == b"x" * 30
    del first, same, caught
    gc.collect()
    assert spool.read(written(spool, 30), "greedy").spooled.size == 30
    spool.close()


def test_a_single_result_may_be_more_than_half(tmp_path: Path) -> None:
    spool = Spool(tmp_path, 100)
    assert spool.read(written(spool, 80), "anybody").spooled.size == 80
    spool.close()
