import anyio
import pytest

from api.query.errors import BusyError
from api.query.turns import HEAVY_SECONDS, Turns

pytestmark = pytest.mark.anyio


async def hold(turns: Turns, client: str, order: list[str], until: anyio.Event) -> None:
    async with turns.turn(client, 5):
        order.append(client)
        await until.wait()


async def test_turns_go_round_the_clients() -> None:
    turns, order, until = Turns(1, per_client=1, waiting=9), list[str](), anyio.Event()
    until.set()
    async with anyio.create_task_group() as tasks, turns.turn("first", 1):
        for client in ("a", "a", "b", "c"):
            tasks.start_soon(hold, turns, client, order, until)
        await anyio.sleep(0.01)
        assert (turns.running, turns.waiting) == (1, 4)
        assert order == []
    assert order == ["a", "a", "b", "c"]  # one after the other: none held two
    assert (turns.running, turns.waiting) == (0, 0)


async def test_who_comes_later_goes_before_a_second_turn_of_another() -> None:
    turns, order, until = Turns(2, per_client=1, waiting=9), list[str](), anyio.Event()
    async with anyio.create_task_group() as tasks:
        for client in ("a", "a", "b"):
            tasks.start_soon(hold, turns, client, order, until)
            await anyio.sleep(0.01)
        assert order == ["a", "b"]
        assert turns.waiting == 1
        until.set()
    assert order == ["a", "b", "a"]


async def test_waiting_has_an_end() -> None:
    turns = Turns(1, waiting=1)
    async with turns.turn("", 1):
        with pytest.raises(BusyError, match=r"within 0\.05 s"):
            async with turns.turn("", 0.05):
                pass
        assert turns.waiting == 0


async def test_who_is_called_and_cancelled_at_once_passes_the_turn_on() -> None:
    turns, order, until = Turns(1, waiting=9), list[str](), anyio.Event()
    until.set()
    async with anyio.create_task_group() as tasks:
        async with turns.turn("", 1):
            leaving = anyio.CancelScope()

            async def leave() -> None:
                with leaving:
                    await hold(turns, "leaving", order, anyio.Event())

            tasks.start_soon(leave)
            await anyio.sleep(0.01)
            tasks.start_soon(hold, turns, "staying", order, until)
            await anyio.sleep(0.01)
        leaving.cancel()
    assert order[-1] == "staying"
    assert turns.running == 0


async def test_those_who_ran_away_share_half_of_the_turns_for_a_while() -> None:
    clock = [0.0]
    turns, order = Turns(4, per_client=1, waiting=9, now=lambda: clock[0]), list[str]()
    until = anyio.Event()
    for client in ("x", "y", "z"):
        turns.ran_away(client)
    async with anyio.create_task_group() as tasks:
        for client in ("x", "y", "z", "a", "b"):
            tasks.start_soon(hold, turns, client, order, until)
            await anyio.sleep(0.01)
        assert order == ["x", "y", "a", "b"]
        until.set()
    assert order == ["x", "y", "a", "b", "z"]
    clock[0] = HEAVY_SECONDS + 1
    order.clear()
    async with anyio.create_task_group() as tasks:
        for client in ("x", "y", "z"):
            tasks.start_soon(hold, turns, client, order, anyio.Event())
        await anyio.sleep(0.01)
        assert sorted(order) == ["x", "y", "z"]
        tasks.cancel_scope.cancel()


async def test_where_there_is_one_turn_nobody_is_shut_out() -> None:
    turns = Turns(1, per_client=1, waiting=1)
    turns.ran_away("x")
    async with turns.turn("x", 0.05):
        assert turns.running == 1
