"""What a drawing must be: of an exercise, sound, drawn from the poses as they are now, and told in words."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.content.findings import Finding, guess, shown
from bot.content.library import LanguageContent
from bot.content.pictures import outdated, strays
from bot.drawing.soundness import faults

REDRAW = "Run 'python -m bot draw'"


def faulty_drawings(content: LanguageContent, roots: Sequence[Path]) -> Iterator[Finding]:
    """Every fault of the poses and pictures. A knowledge without any poses is one in text, and sound."""
    motions, exercises = content.motions, content.names("exercises")
    if not content.shelves["poses"]:
        return
    for name, motion in motions.items():
        item = content.item("poses", name)
        if name not in exercises:
            yield item.place().finding(f"There is no exercise {name!r}", guess(name, exercises))
        for fault in faults(motion):
            yield item.place("poses", fault.pose).finding(fault.problem, fault.remedy)
    yield from _untold(content)
    yield from _other_sides(content)
    for name, path, is_missing in outdated(motions, roots):
        problem = f"The picture {path.name} " + ("is missing" if is_missing else "shows other poses")
        yield content.item("poses", name).place().finding(problem, REDRAW)
    for root, path in strays(motions, roots):
        yield Finding(shown(path, root), 1, "", "This picture is of no exercise", "Take it away")


def _untold(content: LanguageContent) -> Iterator[Finding]:
    """Exercises that are text only, or whose picture is not told to those who can't see it."""
    for name, exercise in content.knowledge.exercises.items():
        place = content.item("exercises", name).place("picture")
        if name not in content.shelves["poses"]:
            problem = "The exercise is text only"
            yield place.finding(problem, f"Write poses/{name}.yaml, as docs/drawings.md tells")
        elif not exercise.picture:
            yield place.finding("Nobody says what the picture shows", "Add 'picture: …', a sentence")


def _other_sides(content: LanguageContent) -> Iterator[Finding]:
    """Exercises for one side after the other whose picture does not mark the side that is done first."""
    for name, exercise in content.knowledge.exercises.items():
        motion = content.motions.get(name)
        if motion is None or not exercise.dose.per_side:
            continue
        if motion.label is None:
            place = content.item("poses", name).place()
            yield place.finding(
                "The picture does not say which side it shows", "Add 'label: …', like right_knee"
            )
        elif not motion.label.startswith(exercise.first_side):
            side = motion.label.split("_")[0]
            place = content.item("exercises", name).place("first_side")
            yield place.finding(f"The picture marks the {side} side", f"Write 'first_side: {side}'")
