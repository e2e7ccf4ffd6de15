"""The pace of messages: as fast as Telegram allows and never faster, replies first, chats in turn."""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram_ui.sending.pace import Pace
from bot.telegram_ui.sending.queue import FairQueue, Limits, Rank

LATE = 0.002  # seconds by which a timer may be late
REPLY, DELIVERY = Rank.REPLY, Rank.DELIVERY

Sent = tuple[float, int, int]  # when, to which chat, the number of the message


def _run(queue: FairQueue[Sent], until: float, now: float = 0.0) -> list[Sent]:
    """Everything that goes up to a moment, with a timer that is late at each turn of the clock."""
    went: list[Sent] = []
    while now < until:
        ticket = queue.take(now)
        if ticket is not None:
            went.append((now, ticket[1], ticket[2]))
            continue
        at = queue.next_at()
        if at is None:
            return went
        now = max(at, now) + LATE
    return went


def _fill(queue: FairQueue[Sent], chats: Iterable[int], rank: Rank, each: int = 1) -> None:
    numbers = itertools.count()
    for chat, _ in itertools.product(chats, range(each)):
        queue.put(chat, rank, (0.0, chat, next(numbers)))


def _most_in(window: float, times: Sequence[float]) -> int:
    """The most moments that lie in a window which includes its beginning and not its end."""
    most, first = 0, 0
    for last, time in enumerate(times):
        while time - times[first] >= window:
            first += 1
        most = max(most, last - first + 1)
    return most


@pytest.mark.parametrize("rate", [30, 1000])
def test_while_there_is_work_the_rate_is_the_allowed_one_and_never_above_it(rate: int) -> None:
    queue: FairQueue[Sent] = FairQueue(Limits(per_second=rate))
    seconds = 1200 if rate == 30 else 30
    _fill(queue, range(1, rate * seconds + 1), DELIVERY)
    times = [time for time, _, _ in _run(queue, seconds)]
    assert 0.97 <= len(times) / (rate * seconds) <= 1.0 + 1 / seconds
    assert _most_in(1.0, times) <= rate


def test_a_chat_gets_one_a_second_and_a_group_twenty_a_minute() -> None:
    queue: FairQueue[Sent] = FairQueue(Limits())
    _fill(queue, [1, -1], REPLY, each=200)
    went = _run(queue, 3600)
    private = [time for time, chat, _ in went if chat == 1]
    group = [time for time, chat, _ in went if chat == -1]
    assert (len(private), _most_in(1.0, private)) == (200, 1)
    assert (len(group), _most_in(1.0, group), _most_in(60.0, group)) == (200, 1, 20)
    assert private[-1] < 205
    assert group[-1] < 180 / 20 * 61 + 21


def test_replies_go_before_deliveries_and_deliveries_fill_what_is_left() -> None:
    queue: FairQueue[Sent] = FairQueue(Limits())
    _fill(queue, range(1, 1001), DELIVERY)
    before = _run(queue, 10)
    _fill(queue, range(2001, 2061), REPLY)
    went = _run(queue, 60, now=10.0)
    assert [chat > 2000 for _, chat, _ in went[:60]] == [True] * 60
    assert len(before) + len(went) == 60 + 1000


def test_deliveries_go_evenly_and_replies_at_once() -> None:
    for rank, most in ((DELIVERY, 3), (REPLY, 30)):
        queue: FairQueue[Sent] = FairQueue(Limits())
        _fill(queue, range(1, 301), rank)
        assert _most_in(0.05, [time for time, _, _ in _run(queue, 60, now=1.0)][10:]) <= most


def test_chats_take_turns_and_each_is_in_order() -> None:
    queue: FairQueue[Sent] = FairQueue(Limits(per_second=5))
    _fill(queue, range(1, 11), REPLY, each=4)
    went = _run(queue, 60)
    assert [chat for _, chat, _ in went[:20]] == [*range(1, 11)] * 2
    by_chat = defaultdict(list)
    for _, chat, number in went:
        by_chat[chat].append(number)
    assert all(numbers == sorted(numbers) and len(numbers) == 4 for numbers in by_chat.values())


def test_a_chat_that_is_held_delays_no_other() -> None:
    queue: FairQueue[Sent] = FairQueue(Limits())
    queue.hold(1, 100.0)
    _fill(queue, range(1, 31), REPLY)
    went = _run(queue, 200)
    assert [time for time, chat, _ in went if chat != 1] == [0.0] * 29
    (held,) = [time for time, chat, _ in went if chat == 1]
    assert 100.0 <= held <= 100.0 + 2 * LATE


def test_a_hold_over_all_is_obeyed_exactly() -> None:
    queue: FairQueue[Sent] = FairQueue(Limits())
    queue.hold_all(7.0)
    _fill(queue, range(1, 61), REPLY)
    times = [time for time, _, _ in _run(queue, 60)]
    assert 7.0 <= times[0] <= 7.0 + LATE
    assert len(times) == 60


def test_who_left_the_queue_takes_no_turn() -> None:
    queue: FairQueue[Sent] = FairQueue(Limits(per_second=1))
    _fill(queue, [1, 2], REPLY)
    queue.drop(1, REPLY, (0.0, 1, 0))
    assert [(time, chat) for time, chat, _ in _run(queue, 10)] == [(0.0, 2)]


_ACTS = st.lists(
    st.tuples(st.floats(0, 2), st.sampled_from([1, 2, 3, -1, -2]), st.sampled_from(Rank), st.booleans()),
    max_size=120,
)


@settings(max_examples=100, deadline=None)
@given(_ACTS, st.integers(1, 5), st.integers(1, 4))
def test_whatever_comes_when_all_of_it_goes_in_order_within_the_limits(
    acts: list[tuple[float, int, Rank, bool]], per_second: int, per_minute: int
) -> None:
    queue: FairQueue[Sent] = FairQueue(Limits(per_second=per_second, per_minute_in_group=per_minute))
    went, now, put = [], 0.0, defaultdict(list)
    for number, (pause, chat, rank, holds) in enumerate(acts):
        went += _run(queue, now + pause, now)
        now += pause
        if holds:
            queue.hold(chat, now + 3)
        put[chat, rank].append(number)
        queue.put(chat, rank, (0.0, chat, number))
    went += _run(queue, now + 100_000, now)
    assert sorted(number for _, _, number in went) == list(range(len(acts)))
    assert _most_in(1.0, [time for time, _, _ in went]) <= per_second
    numbers = [number for _, _, number in went]
    for of_chat in put.values():
        assert [number for number in numbers if number in of_chat] == of_chat
    for chat in (-1, -2):
        assert _most_in(60.0, [time for time, to, _ in went if to == chat]) <= per_minute


async def test_two_chats_that_are_refused_one_after_the_other_close_the_bot_and_one_does_not() -> None:
    now = [10.0]
    pace = Pace(Limits(), lambda: now[0])
    pace.refused(1, 30)
    pace.refused(1, 30)
    assert pace.closed_for() == 0
    pace.accepted()
    pace.refused(2, 30)
    assert pace.closed_for() == 0
    now[0] += 1
    pace.refused(3, 5)
    assert pace.closed_for() == 29
    now[0] += 29
    assert pace.closed_for() == 0


async def test_the_rate_is_never_above_the_allowed_one_at_dispatch_either() -> None:
    loop = asyncio.get_running_loop()
    pace, times = Pace(Limits(per_second=100), loop.time), list[float]()

    async def send(chat: int) -> None:
        await pace.turn(chat, REPLY)
        times.append(loop.time())

    await asyncio.gather(*(send(chat) for chat in range(1, 151)))
    assert (len(times), _most_in(1.0, times)) == (150, 100)


async def test_the_rate_is_kept_where_what_is_called_is_looked_at_before_it_goes() -> None:
    loop = asyncio.get_running_loop()
    pace, times = Pace(Limits(per_second=100), loop.time), list[float]()

    async def send(chat: int) -> None:
        called_at = await pace.turn(chat, DELIVERY)
        await asyncio.sleep(0.03 if chat < 20 else 0)  # seconds that the look takes
        pace.goes_now(called_at)
        times.append(loop.time())

    await asyncio.gather(*(send(chat) for chat in range(1, 151)))
    assert len(times) == 150
    assert _most_in(1.0, sorted(times)) <= 100
    assert max(times) - min(times) < 150 / 100 / 0.95


async def test_who_gives_up_waiting_takes_no_turn() -> None:
    pace = Pace(Limits(per_second=1), asyncio.get_running_loop().time)
    await pace.turn(1, REPLY)
    waiting = asyncio.create_task(pace.turn(2, REPLY))
    await asyncio.sleep(0)
    waiting.cancel()
    done = asyncio.create_task(pace.turn(3, REPLY))
    async with asyncio.timeout(2):
        await done
    assert waiting.cancelled()
