"""What is asked of every contender: the project's own questions, and public data from a folder."""

import csv
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.peers.typing_errors import mistype
from benchmarks.processes import ROOT
from bot.content.evaluation import asking
from bot.content.loader import builtin_root, load
from bot.core.model import Entry, EntryKind

EVALUATION = ROOT / "tests" / "evaluation"
SEED = 0  # of the choice of examples
BACKGROUND = 40  # times as many background sentences as an entry has examples
FOLD = (
    "NLU-Evaluation-Data/CrossValidation/autoGeneFromRealAnno/autoGene_2018_03_22-13_01_25_169/"
    "CrossValidation/KFold_1"
)

Labelled = Iterable[tuple[str, str]]  # text and label


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Examples to learn from, and questions with the groups of labels that would be right.

    `groups` holds for each label what it is right for; a label without one answers nothing, and neither does
    whatever is nearest to the `background`.
    """

    name: str
    examples: dict[str, list[str]]
    background: list[str] = field(default_factory=list)
    groups: dict[str, str]
    questions: list[tuple[str, list[str]]]
    outside: list[str] = field(default_factory=list)
    own_words: bool  # whether the project's concepts fit the subject

    @property
    def mistyped(self) -> list[str]:
        """The questions with seeded typing errors."""
        return mistype([text for text, _ in self.questions])


def own(examples: int) -> Task:
    """The knowledge, so many utterances an entry, and the open questions on it that want an answer."""
    library, _ = load([builtin_root()])
    knowledge = library["en"].knowledge
    entries = knowledge.entries.values()
    near, far = (_texts(EVALUATION / f"out_of_scope_{where}.jsonl") for where in ("near", "far"))
    asked = asking.questions(knowledge, [EVALUATION / "in_scope.jsonl"])
    return Task(
        name="Strong Back",
        examples=_few(_utterances(entries), examples),
        background=_few([(text, "") for text in knowledge.background], examples * BACKGROUND)[""],
        groups={entry.id: entry.topic for entry in entries if entry.kind is EntryKind.ANSWER and entry.topic},
        questions=[(each.text, list(each.topics)) for each in asked if each.topics and each.kind is None],
        outside=[*near, *far],
        own_words=True,
    )


def _utterances(entries: Iterable[Entry]) -> Labelled:
    return [(text, entry.id) for entry in entries for text in (entry.title, *entry.utterances)]


def public(folder: Path, examples: int) -> Iterator[Task | str]:
    """The public tasks with so many examples a label; a sentence for each one that is not in the folder."""
    for name, path, read in (
        ("CLINC150", folder / "oos-eval" / "data" / "data_full.json", _read_clinc),
        ("Banking77", folder / "task-specific-datasets" / "banking_data", _read_banking),
        ("HWU64", folder / FOLD, _read_hwu),
    ):
        if not path.exists():
            yield f"{name} is skipped: there is no {path}."
            continue
        train, test, outside = read(path)
        chosen = _few(train, examples)
        yield Task(
            name=name,
            examples=chosen,
            groups={label: label for label in chosen},
            questions=[(text, [label]) for text, label in test],
            outside=outside,
            own_words=False,
        )


def fewer(task: Task, most: int) -> Task:
    """A task with so many questions at most, in scope and out of it, the same ones every time."""
    choose = random.Random(SEED)  # noqa: S311 - the same ones every time, not secret ones
    questions = choose.sample(task.questions, min(most, len(task.questions)))
    return replace(
        task, questions=questions, outside=choose.sample(task.outside, min(most, len(task.outside)))
    )


def _few(train: Labelled, count: int) -> dict[str, list[str]]:
    """So many different examples of each label, or all if there are fewer; the same ones every time."""
    choose = random.Random(SEED)  # noqa: S311 - the same ones every time, not secret ones
    by_label: dict[str, set[str]] = {}
    for text, label in train:
        by_label.setdefault(label, set()).add(text)
    return {
        label: choose.sample(sorted(texts), min(count, len(texts)))
        for label, texts in sorted(by_label.items())
    }


def _read_clinc(path: Path) -> tuple[Labelled, Labelled, list[str]]:
    data = json.loads(path.read_text(encoding="utf-8"))
    return data["train"], data["test"], [text for text, _ in data["oos_test"]]


def _read_banking(path: Path) -> tuple[Labelled, Labelled, list[str]]:
    train, test = (
        [(row["text"], row["category"]) for row in _rows(path / name, ",")]
        for name in ("train.csv", "test.csv")
    )
    return train, test, []


def _read_hwu(path: Path) -> tuple[Labelled, Labelled, list[str]]:
    train, test = (
        [
            (row["answer_from_anno"], file.stem)
            for file in sorted(part.glob("*.csv"))
            for row in _rows(file, ";")
        ]
        for part in (path / "trainset", path / "testset" / "csv")
    )
    return train, test, []


def _rows(path: Path, delimiter: str) -> Sequence[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def _texts(path: Path) -> list[str]:
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
