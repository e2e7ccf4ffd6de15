"""All rules on the knowledge together."""

from collections.abc import Callable, Sequence
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
from bot.core.conversation import Conversation
from bot.core.model import Knowledge

Learn = Callable[[Knowledge], Conversation]


def check(roots: Sequence[Path], today: date, learn: Learn = Conversation) -> list[Finding]:
    """Everything that is wrong with the knowledge in some folders, in the order of files and lines.

    Rules that need sound references wait until these are mended. `learn` gives the conversation in a language
    if the bot could start with the knowledge.
    """
    library, findings = load(roots)
    references = {language: list(broken_references(content)) for language, content in library.items()}
    if len(roots) > 1 and not any(references.values()):
        findings += silenced_signs(load(roots[:1])[0], library)
    learn = Conversation if findings or any(references.values()) else learn
    for language, content in library.items():
        broken = references[language]
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
            findings += misheard(content, learn(content.knowledge))
    return sorted(set(findings))
