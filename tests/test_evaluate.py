"""`evaluate`, as an editor runs it: a copy of the program that knows only the small knowledge."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import Ended, run_bot
from trees import plant_small

import bot

Evaluate = Callable[..., Ended]

WAYS = ["typing_errors", "keyboard_neighbours", "missing_spaces", "no_punctuation", "case", "dictation"]
IN_SCOPE = [
    {"text": "how many times a week is right for me?", "topics": ["how_often"]},
    {"text": "where should a beginner begin", "topics": ["how_to_start"]},
    {"text": "where should a beginner start", "topics": ["how_often", "greeting"]},
    {"text": "hello there", "kind": "small_talk", "topics": ["greeting"]},
    {
        "turns": [
            {"text": "how often should i train"},
            {"text": "and how do i begin", "topics": ["how_to_start"]},
        ]
    },
]
CHOSEN = {"turns": [{"text": "how often should i train"}, {"text": "1", "topics": ["how_to_start"]}]}
FAR = [{"text": "my parrot sings opera"}, {"text": "how often should i train <b>parrots</b>"}]
SAME = ["zebra quota now", "now quota, zebra"]
SECRET = "weekly number of secret sessions"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the program, and inside it the small knowledge, as a wheel carries the whole one."""
    folder = tmp_path_factory.mktemp("program")
    code = Path(bot.__file__).parent
    shutil.copytree(code, folder / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    last = "  - days per week for a strong back\n"
    lines = "".join(f"  - {json.dumps(text)}\n" for text in SAME)
    plant_small(folder / "bot" / "knowledge").change("en/entries/how-often.yaml", last, last + lines)
    _write_set(folder / "in_scope.jsonl", [*IN_SCOPE, CHOSEN])
    _write_set(folder / "out_of_scope_far.jsonl", FAR)
    _write_set(folder / "sealed" / "in_scope.jsonl", [{"text": SECRET, "topics": ["how_to_start"]}])
    return folder


@pytest.fixture(scope="module")
def evaluate(program: Path) -> Evaluate:
    """Runs `evaluate` on all sets."""
    sets = ["in_scope.jsonl", "out_of_scope_far.jsonl", "sealed/in_scope.jsonl"]
    asked = [part for name in sets for part in ("--set", name)]

    def run(*arguments: str) -> Ended:
        return run_bot("evaluate", *asked, *arguments, cwd=program, XDG_CACHE_HOME=str(program / "cache"))

    return run


@pytest.fixture(scope="module")
def measured(program: Path, evaluate: Evaluate) -> dict[str, Any]:
    """What everything together writes: the table that is printed, the JSON and the page."""
    arguments = ["--folds", "4", "--robustness", "7", "--lost"]
    ended = evaluate(*arguments, "--json", "all.json", "--report", "pages/all.html")
    assert (ended.status, ended.err) == (0, "")
    return {
        "printed": ended.out,
        "page": (program / "pages" / "all.html").read_text(encoding="utf-8"),
        **json.loads((program / "all.json").read_text(encoding="utf-8")),
    }


def _write_set(path: Path, lines: list[Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")


def test_the_table_has_a_row_for_every_set(measured: dict[str, Any]) -> None:
    rows = [line.split() for line in measured["printed"].split("\n\n")[0].splitlines()]
    assert rows[0] == ["set", "asked", "right", "offered", "wrong", "none"]
    asked = {row[0]: int(row[1]) for row in rows[1:]}
    assert asked == {"held_out": 9, "in_scope": 6, "out_of_scope_far": 2, "sealed_in_scope": 1, "folds": 23}
    assert all(
        sum(float(share.rstrip("%")) for share in row[2:]) == pytest.approx(100, 0.01) for row in rows[1:]
    )


def test_every_open_question_is_written_with_its_candidates(measured: dict[str, Any]) -> None:
    found = {each["text"]: each for each in measured["questions"] if each["set"] == "in_scope"}
    assert len(found) == len(IN_SCOPE) + 1
    beginner = found["where should a beginner begin"]
    assert beginner["candidates"][0] == {"entry": "how-to-start", "score": beginner["probability"]}
    assert 0 < beginner["probability"] < 1
    assert (beginner["wanted"], beginner["before"]) == ("how_to_start", [])
    assert found["where should a beginner start"]["wanted"] == "how_often or greeting"
    assert found["and how do i begin"]["before"] == ["how often should i train"]
    assert {each["outcome"] for each in found.values()} <= {"right", "offered", "wrong", "none"}


def test_a_choice_by_number_is_followed_and_not_weighed(measured: dict[str, Any]) -> None:
    (chosen,) = (each for each in measured["questions"] if each["text"] == "1")
    assert (chosen["outcome"], chosen["shown"]) == ("right", "how-to-start")
    assert (chosen["probability"], chosen["candidates"]) == (None, [])


def test_a_sealed_set_is_counted_and_never_shown(program: Path, measured: dict[str, Any]) -> None:
    assert "sealed_in_scope.right" in measured["figures"]
    assert "sealed_reliability.error" in measured["figures"]
    for place in ("printed", "page"):
        assert "sealed_in_scope" in measured[place]
        assert SECRET not in measured[place]
    assert SECRET not in (program / "all.json").read_text(encoding="utf-8")


def test_no_utterance_is_known_while_it_is_asked(measured: dict[str, Any]) -> None:
    asked = {each["text"]: each for each in measured["questions"] if each["set"] == "folds"}
    assert "how often should i train" not in asked  # as good as the title
    assert "right" in {each["outcome"] for each in asked.values()}
    assert asked["total newbie here"]["outcome"] != "right"
    assert {asked[text]["outcome"] for text in SAME}.isdisjoint({"right"})


def test_every_disturbance_is_measured(measured: dict[str, Any]) -> None:
    rows = {
        line.split()[0]: line.split()[1] for line in measured["printed"].split("\n\n")[1].splitlines()[1:]
    }
    assert list(rows) == WAYS
    assert rows["case"] == "100%"
    assert {f"{name}.loss" for name in WAYS} <= measured["figures"].keys()
    assert measured["figures"]["case.loss"] == 0


def test_the_same_seed_measures_the_same(evaluate: Evaluate) -> None:
    first, second = evaluate("--robustness", "3"), evaluate("--robustness", "3")
    assert first == second
    assert "typing_errors" in first.out


def test_the_page_needs_nothing_from_elsewhere(measured: dict[str, Any]) -> None:
    page = measured["page"]
    assert not re.search(r"https?:|<script|<link|<img|src=|href=|@import|url\(", page)
    headings = re.findall(r"<h2>(.*?)</h2>", page)
    assert headings == [
        "Sets",
        "Reliability",
        "Robustness",
        "Confusion pairs",
        "Worst entries",
        "False answers",
    ]
    assert page.count("<svg") == 3


def test_the_page_shows_false_answers_as_they_were_typed(measured: dict[str, Any]) -> None:
    answered = [each for each in measured["questions"] if each["set"] == "out_of_scope_far"]
    wrong = [each["text"] for each in answered if each["outcome"] == "wrong"]
    assert wrong == ["how often should i train <b>parrots</b>"]
    assert "<h3>out_of_scope_far: 1</h3>" in measured["page"]
    assert "how often should i train &lt;b&gt;parrots&lt;/b&gt;" in measured["page"]
    assert "<b>" not in measured["page"]


def test_against_an_earlier_report_says_what_changed_question_by_question(
    program: Path, evaluate: Evaluate, measured: dict[str, Any]
) -> None:
    earlier = json.loads((program / "all.json").read_text(encoding="utf-8"))
    asked = {(each["set"], each["text"]): each for each in earlier["questions"] if each["set"] != "folds"}
    asked["in_scope", "where should a beginner begin"]["outcome"] = "none"
    asked["out_of_scope_far", "how often should i train <b>parrots</b>"]["outcome"] = "right"
    del asked["in_scope", "hello there"]
    earlier["questions"] = [*asked.values(), {**asked["held_out", "hello bot"], "text": "no more"}]
    earlier["figures"]["in_scope.right"] = 0.01
    (program / "earlier.json").write_text(json.dumps(earlier), encoding="utf-8")
    ended = evaluate("--against", "earlier.json", "--report", "changed.html")
    lines = ended.out.splitlines()
    assert "Against the earlier report: 1 better, 1 worse, 1 new, 1 gone." in lines
    assert [line.split(": ")[0] for line in lines if line.startswith(("better", "worse"))] == [
        "worse  right -> wrong  out_of_scope_far",
        "better none -> right  in_scope",
    ]
    assert any(line.startswith("in_scope.right  1.0% -> ") for line in lines)
    assert "Against the earlier report" in (program / "changed.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("written", [None, "no JSON", '{"figures": {}, "questions": [{"set": "x"}]}'])
def test_what_is_no_report_is_said_before_anything_is_measured(
    written: str | None, program: Path, evaluate: Evaluate
) -> None:
    (program / "broken.json").unlink(missing_ok=True)
    if written is not None:
        (program / "broken.json").write_text(written, encoding="utf-8")
    ended = evaluate("--against", "broken.json")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("broken.json is no report that evaluate --json has written (")


@pytest.mark.parametrize("folds", ["1", "ten"])
def test_folds_are_two_or_more(folds: str, evaluate: Evaluate) -> None:
    ended = evaluate(f"--folds={folds}")
    assert ended.status == 2
    assert "write a whole number, 2 or more" in ended.err


def test_floors_hold_figures_up_and_ceilings_hold_them_down(program: Path, evaluate: Evaluate) -> None:
    floors = {"in_scope.right": 0.0, "out_of_scope_far.wrong": 1.0, "reliability.error": 1.0}
    (program / "floors.json").write_text(json.dumps(floors), encoding="utf-8")
    ended = evaluate("--floors", "floors.json")
    assert (ended.status, ended.out.splitlines()[-1]) == (0, "Every floor is reached.")


def test_every_figure_that_misses_its_floor_is_named(program: Path, evaluate: Evaluate) -> None:
    floors = {
        "in_scope.right": 1.1,
        "held_out.right": 0.0,
        "out_of_scope_far.wrong": 0.1,
        "reliability.error": -0.1,
        "typing_errors.loss": 1.0,
    }
    (program / "limits.json").write_text(json.dumps(floors), encoding="utf-8")
    ended = evaluate("--floors", "limits.json")
    assert ended.status == 1
    missed = ended.out.split("\n\n")[-1].splitlines()[-4:]
    assert [line.split(" is ")[0].split(" was ")[0] for line in missed] == [
        "in_scope.right",
        "out_of_scope_far.wrong",
        "reliability.error",
        "typing_errors.loss",
    ]
    assert missed[-1] == "typing_errors.loss was not measured, but 100.0% is its limit."


def test_a_new_calibration_says_what_it_rests_on(program: Path, evaluate: Evaluate) -> None:
    ended = evaluate("--update", "calibration.yaml")
    assert (ended.status, ended.out) == (0, "Wrote calibration.yaml.\n")
    text = (program / "calibration.yaml").read_text(encoding="utf-8")
    assert "# Cross-validated over 10 folds of 16 questions:\n" in text
    assert re.search(
        r"^# \d+\.\d% of the single ones get a wrong answer, of 1\.50% that may;$", text, flags=re.MULTILINE
    )
    assert re.search(r"^# the expected calibration error is \d\.\d{3}\.$", text, flags=re.MULTILINE)
    written = yaml.safe_load(text)
    assert 0 < written["offer_from"] <= written["answer_from"] <= 1
