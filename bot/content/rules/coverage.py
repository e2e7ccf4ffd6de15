"""Which entries rest on which facts: the table behind `lint --coverage`."""

from collections import defaultdict
from collections.abc import Iterable

from bot.content.library import LanguageContent


def table(content: LanguageContent) -> str:
    """Every statement and fact with its verification and the topics and entries that use it."""
    knowledge = content.knowledge
    users: dict[str, list[str]] = defaultdict(list)
    topics: dict[str, dict[str, None]] = defaultdict(dict)
    for name, entry in knowledge.entries.items():
        for fact in entry.facts:
            users[fact].append(name)
            topics[fact][entry.topic or "-"] = None
    rows = [
        f"{name:5} {fact.verified.value:12} {_listed(topics[name]):60} {_listed(users[name])}"
        for name, fact in knowledge.facts.items()
    ]
    entries = [
        f"{name:28} {sum(entry.topic == name for entry in knowledge.entries.values()):3} entries"
        for name in knowledge.topics
    ]
    return "\n".join([f"{'fact':5} {'verified':12} {'topics':60} entries", *rows, "", "topics", *entries])


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "-"
