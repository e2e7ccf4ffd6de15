"""What the shipped knowledge promises."""

from collections import Counter

import pytest

from bot.bootstrap import load_library
from bot.config import Settings
from bot.content.library import LanguageContent
from bot.content.rules import coverage
from bot.content.rules.entries import incomplete_entries, unanswered
from bot.content.rules.wording import faulty_wording
from bot.core.model import EntryKind, Knowledge, Verified
from bot.core.pages import SMALL_TALK_GROUP

STATEMENTS = [f"S{number}" for number in range(1, 43)]
GUIDANCE = [f"F{number}" for number in range(1, 122)]


@pytest.fixture(scope="module")
def content(settings: Settings) -> LanguageContent:
    return load_library(settings)["en"]


def test_lint_finds_nothing(content: LanguageContent) -> None:
    """What needs a trained matcher is left to `make lint`, which takes the better part of a minute."""
    newest = max(entry.checked.date for entry in content.knowledge.entries.values())
    rules = [unanswered(content), incomplete_entries(content, newest), faulty_wording(content)]
    assert [str(finding) for rule in rules for finding in rule] == []


def test_the_coverage_names_every_statement_fact_topic_and_entry(content: LanguageContent) -> None:
    table = coverage.table(content)
    knowledge = content.knowledge
    assert {line.split()[0] for line in table.splitlines() if line} >= {*knowledge.facts, *knowledge.topics}
    assert [name for name, entry in knowledge.entries.items() if entry.facts and name not in table] == []


def test_the_statements_of_the_article_and_the_facts_of_the_guidance_are_there(knowledge: Knowledge) -> None:
    assert [name for name in [*STATEMENTS, *GUIDANCE] if name not in knowledge.facts] == []


def test_every_statement_is_answered(knowledge: Knowledge) -> None:
    used = {fact for entry in knowledge.entries.values() for fact in entry.facts}
    assert [name for name in STATEMENTS if name not in used] == []


def test_the_answer_on_risks_says_that_it_comes_from_guidance(knowledge: Knowledge) -> None:
    answers = [entry.answer for entry in knowledge.entries.values() if "S35" in entry.facts]
    assert len(answers) == 1
    assert "public guidance" in answers[0]


def test_every_topic_but_small_talk_has_an_answer(knowledge: Knowledge) -> None:
    answered = {e.topic for e in knowledge.entries.values() if e.kind is EntryKind.ANSWER}
    topics = [topic for topic in knowledge.topics.values() if topic.group != SMALL_TALK_GROUP]
    assert [topic.id for topic in topics if topic.id not in answered] == []


def test_there_are_sixty_answers_or_more(knowledge: Knowledge) -> None:
    assert Counter(entry.kind for entry in knowledge.entries.values())[EntryKind.ANSWER] >= 60


def test_every_entry_has_eight_utterances_and_three_held_out_questions(knowledge: Knowledge) -> None:
    counts = {name: (len(e.utterances), len(e.held_out)) for name, e in knowledge.entries.items()}
    assert {name: (said, held) for name, (said, held) in counts.items() if said < 8 or held < 3} == {}


def test_no_answer_rests_on_unverified_facts_alone(knowledge: Knowledge) -> None:
    answers = [entry for entry in knowledge.entries.values() if entry.kind is EntryKind.ANSWER]
    verified = {name for name, fact in knowledge.facts.items() if fact.verified is not Verified.UNVERIFIED}
    assert [entry.id for entry in answers if verified.isdisjoint(entry.facts)] == []


def test_every_work_that_answers_rest_on_says_who_published_it_and_how_it_was_checked(
    knowledge: Knowledge,
) -> None:
    used = {source for fact in knowledge.facts.values() for source in fact.sources}
    works = [knowledge.sources[name] for name in used]
    assert [w.id for w in works if not (w.publisher and w.title and w.year and w.checked)] == []
    assert [w.id for w in works if w.url and not w.url.startswith(("https://", "http://"))] == []


def test_nobody_claims_a_review_that_did_not_take_place(knowledge: Knowledge) -> None:
    reviewed = [entry.id for entry in knowledge.entries.values() if entry.checked.clinician]
    assert reviewed == []
