"""How workers part the chats and the pace: evenly in the end, and never twice."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.services.shares import SHARES, Plan, Roster, plan, share_of

NOW = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
NOTHING = Plan(shares=frozenset(), leaving=frozenset(), pace=0)


class _Office:
    """Workers that sign one after the other, in any order."""

    def __init__(self, per_second: int) -> None:
        self.per_second = per_second
        self.plans: dict[str, Plan] = {}

    def sign(self, me: str, busy: frozenset[int] = frozenset()) -> None:
        before = self.plans.get(me, NOTHING)
        owners = {share: worker for worker, plan in self.plans.items() for share in plan.shares}
        paces = {worker: plan.pace for worker, plan in self.plans.items()}
        roster = Roster(at=NOW, paces=paces, owners=owners)
        self.plans[me] = plan(roster, me, before.leaving - busy, self.per_second)

    def is_sound(self) -> bool:
        held = [share for plan in self.plans.values() for share in plan.shares]
        paces = [plan.pace for plan in self.plans.values()]
        return len(held) == len(set(held)) and sum(paces) <= self.per_second and min(paces) >= 0


def test_chats_of_both_signs_have_a_share() -> None:
    assert {share_of(chat) for chat in range(-200, 200)} == set(range(SHARES))


def test_who_is_alone_has_everything_at_once() -> None:
    office = _Office(30)
    office.sign("a")
    assert office.plans["a"] == Plan(shares=frozenset(range(SHARES)), leaving=frozenset(), pace=30)


def test_what_is_in_work_stays_until_it_is_done() -> None:
    office, busy = _Office(30), frozenset({0, 1, 2})
    office.sign("a")
    office.sign("b")
    office.sign("a", busy)
    office.sign("a", busy)
    assert busy < office.plans["a"].shares
    assert busy == office.plans["a"].leaving
    office.sign("a")
    assert not busy & office.plans["a"].shares


@given(st.lists(st.sampled_from("abcde"), max_size=40), st.integers(5, 1000), st.data())
def test_no_share_is_ever_held_twice_and_the_pace_is_never_above_the_limit(
    signs: list[str], per_second: int, data: st.DataObject
) -> None:
    office = _Office(per_second)
    for worker in signs:
        if data.draw(st.integers(0, 9)) == 0:
            office.plans.pop(worker, None)  # it died
        office.sign(worker, data.draw(st.frozensets(st.integers(0, SHARES - 1), max_size=5)))
        assert office.is_sound()


@given(st.integers(1, 9), st.integers(1, 9), st.integers(30, 1000))
def test_after_a_few_signs_all_have_the_same(first: int, later: int, per_second: int) -> None:
    office = _Office(per_second)
    for team in (first, later):
        names = [str(number) for number in range(team)]
        office.plans = {name: plan for name, plan in office.plans.items() if name in names}
        for _ in range(4):
            for name in names:
                office.sign(name)
        held = [len(plan.shares) for plan in office.plans.values()]
        paces = [plan.pace for plan in office.plans.values()]
        assert (sum(held), max(held) - min(held) <= 1) == (SHARES, True)
        assert (sum(paces), max(paces) - min(paces) <= 1) == (per_second, True)
