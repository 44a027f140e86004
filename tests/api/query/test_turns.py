import anyio
import pytest

from api.query.errors import BusyError
from api.query.turns import Turns

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
