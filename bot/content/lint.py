"""All rules on the knowledge together."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.content.caution_rules import contradictions
from bot.content.drawing_rules import faulty_drawings
from bot.content.entry_rules import incomplete_entries, unanswered
from bot.content.exercise_rules import unsound_exercises
from bot.content.findings import Finding
from bot.content.loader import load
from bot.content.matching_rules import misheard
from bot.content.reference_rules import broken_references
from bot.content.routine_rules import unsound_recipes
from bot.content.silenced_rules import silenced_signs
from bot.content.tip_rules import unsound_tips
from bot.content.warning_rules import unnamed_warnings
from bot.content.wording_rules import faulty_wording


def check(roots: Sequence[Path], today: date) -> list[Finding]:
    """Everything that is wrong with the knowledge in some folders, in the order of files and lines.

    Rules that need sound references wait until these are mended.
    """
    library, findings = load(roots)
    is_sound = True
    for content in library.values():
        broken = list(broken_references(content))
        is_sound &= not broken
        findings += broken
        findings += incomplete_entries(content, today)
        findings += unsound_exercises(content, today)
        findings += unsound_recipes(content)
        findings += faulty_drawings(content, roots)
        if not broken:
            findings += unanswered(content)
            findings += faulty_wording(content)
            findings += unnamed_warnings(content)
            findings += contradictions(content)
            findings += unsound_tips(content)
        if not broken and content.knowledge.entries and content.knowledge.red_flags:
            findings += misheard(content)
    if is_sound and len(roots) > 1:
        findings += silenced_signs(load(roots[:1])[0], library)
    return sorted(set(findings))
