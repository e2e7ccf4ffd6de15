"""What an exercise must have: steps that one can follow, a dose, for whom it is not, and sound links."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from bot.content.findings import Finding
from bot.content.library import LanguageContent
from bot.content.shelves import Item
from bot.core.exercises.exercise import Condition, Exercise, Verdict
from bot.core.understanding.text import key
from bot.services import limits

STATED = (Condition.PREGNANCY, Condition.HERNIATED_DISC, Condition.AFTER_SURGERY, Condition.OSTEOPOROSIS)
WORDS_A_SECOND = 2.5  # of a step that is read while it is done
MAX_STEP_WORDS = 22
CHECKED_WITHIN = timedelta(days=365)


def unsound_exercises(content: LanguageContent, today: date) -> Iterator[Finding]:
    """Every fault of an exercise that can be seen without its facts."""
    exercises = content.knowledge.exercises
    for name, exercise in exercises.items():
        item = content.item("exercises", name)
        yield from _dose(item, exercise)
        yield from _steps(item, exercise)
        yield from _suitability(item, exercise)
        yield from _levels(item, exercise, exercises)
        yield from _room(item, exercise)
        if today - exercise.checked.date > CHECKED_WITHIN:
            problem = "The last check is more than a year old"
            yield item.place("checked", "date").finding(problem, "Hold the exercise against its facts again")
    yield from _circles(content)
    yield from _shared_names(content)


def _dose(item: Item, exercise: Exercise) -> Iterator[Finding]:
    dose = exercise.dose
    if (dose.repetitions is None) == (dose.seconds is None):
        problem = "The dose needs repetitions or seconds, and not both"
        yield item.place("dose").finding(problem, "Write 'repetitions: …' or 'seconds: …'")
    elif dose.repetitions is not None and not dose.seconds_per_repetition:
        problem = "The dose does not say how long a repetition takes"
        yield item.place("dose").finding(problem, "Write 'seconds_per_repetition: …'")


def _steps(item: Item, exercise: Exercise) -> Iterator[Finding]:
    """Steps that are too long to take in, or to read while they are done."""
    share = exercise.dose.total / len(exercise.steps)
    for number, step in enumerate(exercise.steps):
        words = len(step.split())
        most = min(MAX_STEP_WORDS, int(share * WORDS_A_SECOND))
        if exercise.dose.total and words > most:
            remedy = f"Say it in {most} words, or make two of it: it is read while it is done"
            yield item.place("steps", number).finding(f"The step has {words} words", remedy)


def _suitability(item: Item, exercise: Exercise) -> Iterator[Finding]:
    for condition in STATED:
        if condition not in exercise.suitability:
            remedy = f"Add '{condition}: {{verdict: ok}}', or modify or avoid with a text"
            yield item.place("suitability").finding(f"Nothing is said of {condition}", remedy)
    for condition, suits in exercise.suitability.items():
        place = item.place("suitability", condition)
        if suits.needs and suits.verdict is not Verdict.MODIFY:
            yield place.finding("Only a changed form can need something", "Take 'needs' out, or write modify")
        if suits.verdict is not Verdict.OK and not suits.text:
            what = "changed form" if suits.verdict is Verdict.MODIFY else "reason"
            yield place.finding(f"The {what} is missing", "Add 'text: …'")


def _levels(item: Item, exercise: Exercise, exercises: Mapping[str, Exercise]) -> Iterator[Finding]:
    """Variations that lead the wrong way. Those that are not known are somebody else's finding."""
    for wanted, names, sign in (("easier", exercise.easier, 1), ("harder", exercise.harder, -1)):
        for number, name in enumerate(names):
            other = exercises.get(name, exercise)
            if sign * (other.level - exercise.level) > 0:
                problem = f"{name!r} has the level {other.level}, this one {exercise.level}"
                yield item.place(wanted, number).finding(
                    problem, f"Name one that is {wanted}, or mend a level"
                )


def _room(item: Item, exercise: Exercise) -> Iterator[Finding]:
    if len(f"/sources {exercise.key}".encode()) > limits.MAX_CALLBACK_BYTES:
        yield item.place().finding("The id does not fit into a button", "Shorten the file's name")
    if len(exercise.name) > limits.MAX_BUTTON_LABEL:
        remedy = f"Shorten it to {limits.MAX_BUTTON_LABEL} characters"
        yield item.place("name").finding("The name does not fit on a button", remedy)


def _circles(content: LanguageContent) -> Iterator[Finding]:
    """Exercises that are easier than themselves: "harder" is "easier" read backwards."""
    exercises = content.knowledge.exercises
    easier = {name: set(exercise.easier) for name, exercise in exercises.items()}
    for name, exercise in exercises.items():
        for other in exercise.harder:
            easier.setdefault(other, set()).add(name)
    for name in exercises:
        circle = _circle(name, easier)
        if circle and name == min(circle):
            shown = " → ".join([*circle, name])
            place = content.item("exercises", name).place("easier")
            yield place.finding(f"The easier ones lead in a circle: {shown}", "Take one link out")


def _circle(start: str, easier: Mapping[str, set[str]]) -> list[str]:
    """The way from an exercise over easier ones back to itself, or nothing."""
    ways: list[list[str]] = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for name in sorted(easier.get(way[-1], ())):
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _shared_names(content: LanguageContent) -> Iterator[Finding]:
    """Names by which two exercises are called, so that nobody knows which one is meant."""
    called: dict[str, str] = {}
    for exercise in content.knowledge.exercises.values():
        item = content.item("exercises", exercise.id)
        places = [
            item.place("name"),
            *(item.place("other_names", n) for n in range(len(exercise.other_names))),
        ]
        for place, name in zip(places, (exercise.name, *exercise.other_names), strict=True):
            other = called.setdefault(key(name), exercise.id)
            if other != exercise.id:
                problem = f"{other!r} is called {name!r} too"
                yield place.finding(problem, "Take the name out in one of them")
