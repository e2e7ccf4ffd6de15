"""Warning signs in answers: an entry that lists some names their red flags, and only those."""

from collections.abc import Iterator

from bot.content.findings import Finding
from bot.content.loader import LanguageContent
from bot.content.wording_rules import sentences
from bot.core.signs import SignReader, names


def unnamed_warnings(content: LanguageContent) -> Iterator[Finding]:
    """Answers that send people to help at once without naming a red flag, or that name one they do not list."""
    knowledge = content.knowledge
    signs = SignReader(knowledge.red_flags.values(), knowledge.vocabulary)
    for name, entry in knowledge.entries.items():
        item = content.item("entries", name)
        urgent = [phrase for phrase in content.wording.urgent if phrase.lower() in entry.answer.lower()]
        if urgent and not entry.warns_of:
            problem = f"The answer lists warning signs ({urgent[0]!r}) without naming their red flags"
            yield item.place("warns_of").finding(
                problem, "Add 'warns_of: […]' with the ids of these red flags"
            )
        spoken_of = {concept for sentence in sentences(entry.answer) for concept in signs.present(sentence)}
        for number, flag in enumerate(entry.warns_of):
            if spoken_of.isdisjoint(c for sign in knowledge.red_flags[flag].signs for c in names(sign)):
                remedy = "Say what the sign is, or take the id out"
                yield item.place("warns_of", number).finding(f"The answer does not speak of {flag!r}", remedy)
