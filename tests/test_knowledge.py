"""What the shipped knowledge promises."""

from collections import Counter

import pytest

from bot.command_line import run
from bot.content import coverage
from bot.content.loader import Library
from bot.core.model import EntryKind, Knowledge, Verified
from bot.core.pages import SMALL_TALK_GROUP

STATEMENTS = [f"S{number}" for number in range(1, 43)]
GUIDANCE = [f"F{number}" for number in range(1, 122)]


def test_lint_finds_nothing_and_shows_the_coverage(
    knowledge: Knowledge, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KNOWLEDGE_DIR", "")
    newest = max(entry.checked.date for entry in knowledge.entries.values())
    status = run(["lint", "--coverage", "--today", newest.isoformat()])
    *table, count = capsys.readouterr().out.splitlines()
    assert (count, status) == ("0 finding(s).", 0)
    assert {line.split()[0] for line in table if line} >= {*STATEMENTS, *knowledge.topics}


def test_the_coverage_names_every_statement_fact_topic_and_entry(library: Library) -> None:
    table = coverage.table(library["en"])
    knowledge = library["en"].knowledge
    first_words = {line.split()[0] for line in table.splitlines() if line}
    assert first_words >= {*knowledge.facts, *knowledge.topics}
    for name, entry in knowledge.entries.items():
        assert not entry.facts or name in table, name


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


def test_every_fact_comes_from_a_work_and_every_work_of_guidance_has_a_link(knowledge: Knowledge) -> None:
    assert [fact.id for fact in knowledge.facts.values() if not fact.sources] == []
    guidance = [source for source in knowledge.sources.values() if source.kind == "guidance"]
    assert [source.id for source in guidance if not source.url.startswith("https://")] == []


def test_nobody_claims_a_review_that_did_not_take_place(knowledge: Knowledge) -> None:
    reviewed = [entry.id for entry in knowledge.entries.values() if entry.checked.clinician]
    assert reviewed == []
