"""All rules on the knowledge together."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.content.findings import Finding
from bot.content.loader import load
from bot.content.rules.cautions import contradictions
from bot.content.rules.drawings import faulty_drawings
from bot.content.rules.entries import incomplete_entries, unanswered
from bot.content.rules.exercises import unsound_exercises
from bot.content.rules.matching import misheard
from bot.content.rules.references import broken_references
from bot.content.rules.routines import unsound_recipes
from bot.content.rules.silenced import silenced_signs
from bot.content.rules.tips import unsound_tips
from bot.content.rules.warnings import unnamed_warnings
from bot.content.rules.wording import faulty_wording


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
