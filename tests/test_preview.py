"""`preview`: what somebody would get, in words and as JSON, and what goes wrong for many made-up people."""

import json
from pathlib import Path

import pytest
from command import run_bot

from bot.content.preview.forecast import PreviewError, read_person
from bot.core.model import Knowledge

WHO = ("--days", "3", "--from", "2026-11-25", "--profile", "level=2", "equipment=band,ball", "place=floor")


def test_days_are_shown_in_words_with_their_reasons(tmp_path: Path) -> None:
    shown = run_bot("preview", *WHO, cwd=tmp_path)
    assert shown.status == 0
    assert shown.out.startswith("Wed 25 Nov 2026")
    assert shown.out.count("Nov 2026  ") == 3
    assert "It builds strength" in shown.out


def test_days_are_shown_as_json_and_are_the_same_again(tmp_path: Path) -> None:
    shown = run_bot("preview", *WHO, "--json", cwd=tmp_path)
    days = [json.loads(line) for line in shown.out.splitlines()]
    assert [day["day"] for day in days] == ["2026-11-25", "2026-11-26", "2026-11-27"]
    assert all(300 <= day["seconds"] <= 480 for day in days)
    assert run_bot("preview", *WHO, "--json", cwd=tmp_path).out == shown.out


def test_who_must_not_train_is_told_so(tmp_path: Path) -> None:
    shown = run_bot("preview", "--days", "1", "--profile", "conditions=osteoporosis", cwd=tmp_path)
    assert "With osteoporosis, a professional should choose" in shown.out


def test_a_simulation_counts_faults(tmp_path: Path) -> None:
    shown = run_bot("preview", "--simulate", "5", "--days", "5", cwd=tmp_path)
    assert shown.status == 0
    assert "0 times a move does not suit the person" in shown.out


FAULTS = {
    "levl=2": "A profile has no 'levl'. Did you mean 'level'.",
    "level=9": "level can't be '9'. Use one of: 1, 2, 3.",
    "equipment=ban": "equipment can't be 'ban'. Did you mean 'band'.",
    "never=bird-dgo": "never can't be 'bird-dgo'. Did you mean 'bird-dog'.",
}


@pytest.mark.parametrize("word", FAULTS)
def test_a_profile_that_cannot_be_read_is_said(word: str, knowledge: Knowledge) -> None:
    with pytest.raises(PreviewError) as said:
        read_person([word], knowledge)
    assert str(said.value) == FAULTS[word]


def test_a_fault_in_the_profile_is_one_sentence(tmp_path: Path) -> None:
    shown = run_bot("preview", "--profile", "levl=2", cwd=tmp_path)
    assert (shown.status, shown.err) == (2, f"{FAULTS['levl=2']}\n")


def test_a_day_that_is_none_is_named(tmp_path: Path) -> None:
    shown = run_bot("preview", "--from", "gestern", cwd=tmp_path)
    assert "'gestern' is no day. Write one like 2026-11-24." in shown.err
