"""Makes values out of what was written, once its shape is known to be sound."""

from collections.abc import Collection
from functools import cache

from spellchecker import SpellChecker

from bot.content.schema.entries import (
    CalibrationShape,
    EntryShape,
    FactShape,
    NumbersShape,
    RedFlagShape,
    SourceShape,
    VocabularyShape,
)
from bot.core.model import ContentCheck, EmergencyNumbers, Entry, Fact, RedFlag, Sign, Source, Vocabulary
from bot.core.understanding.calibration import Calibration, Evidence

COMMON_FROM = 500  # occurrences in pyspellchecker's corpus from which a word counts as common (28,000 words)


def entry(name: str, shape: EntryShape, language: str, hidden: Collection[str]) -> Entry:
    """An entry; what an overlay has hidden, like "en/entries/x", is no longer under its answer."""
    checked = ContentCheck(date=shape.checked.date, by=shape.checked.by, clinician=shape.checked.clinician)
    return Entry(
        id=name,
        kind=shape.kind,
        title=shape.title,
        topic=shape.topic,
        utterances=tuple(shape.utterances),
        held_out=tuple(shape.held_out),
        answer=shape.answer,
        follow_ups=tuple(f for f in shape.follow_ups if f"{language}/entries/{f}" not in hidden),
        asked_next={
            target: tuple(messages)
            for target, messages in shape.asked_next.items()
            if f"{language}/entries/{target}" not in hidden
        },
        disclaimers=tuple(d for d in shape.disclaimers if f"{language}/disclaimers/{d}" not in hidden),
        facts=tuple(shape.facts),
        warns_of=tuple(shape.warns_of),
        checked=checked,
    )


def fact(name: str, shape: FactShape) -> Fact:
    """A fact."""
    return Fact(id=name, statement=shape.statement, sources=tuple(shape.sources), verified=shape.verified)


def source(name: str, shape: SourceShape) -> Source:
    """A work that facts come from."""
    return Source(
        id=name,
        publisher=shape.publisher,
        title=shape.title,
        year=shape.year,
        url=shape.url,
        kind=shape.kind,
        checked=shape.checked,
        names=tuple(shape.names),
    )


def red_flag(name: str, shape: RedFlagShape) -> RedFlag:
    """A red flag with its signs."""
    return RedFlag(
        id=name,
        name=shape.name,
        action=shape.action,
        advice=shape.advice,
        signs=tuple(
            Sign(all=tuple(sign.all), context=tuple(sign.context), unless=tuple(sign.unless))
            for sign in shape.signs
        ),
        sources=tuple(shape.sources),
        examples=tuple(shape.examples),
        look_alikes=tuple(shape.look_alikes),
        only_with=tuple(shape.only_with),
    )


def calibration(shape: CalibrationShape) -> Calibration:
    """How sure the matcher may be; what says nothing of a part of the evidence gives it no weight."""
    parts = ("constant", *Evidence._fields)
    return Calibration(
        weights=tuple(shape.weights.get(part, 0.0) for part in parts),
        answer_from=shape.answer_from,
        offer_from=shape.offer_from,
    )


def numbers(shape: NumbersShape) -> EmergencyNumbers:
    """The emergency numbers that the texts name, and those of countries."""
    return EmergencyNumbers(usual=shape.usual, countries=shape.countries)


def vocabulary(shape: VocabularyShape, language: str) -> Vocabulary:
    """How the people of a language say things, with the words that they use often."""
    return Vocabulary(
        stemmer=shape.stemmer,
        own_forms=frozenset(shape.own_forms),
        concepts={name: tuple(forms) for name, forms in shape.concepts.items()},
        red_flag_concepts={name: tuple(forms) for name, forms in shape.red_flag_concepts.items()},
        decisive=tuple(shape.decisive),
        elsewhere=tuple(shape.elsewhere),
        own_subject=tuple(shape.own_subject),
        opposites={
            name: (tuple(pair.one), tuple(pair.other), tuple(pair.neither))
            for name, pair in shape.opposites.items()
        },
        contractions=shape.contractions,
        misspellings=shape.misspellings,
        openers=tuple(shape.openers),
        swearing=tuple(shape.swearing),
        other_languages={name: frozenset(words) for name, words in shape.other_languages.items()},
        fillers=frozenset(shape.fillers),
        subjects=frozenset(shape.subjects),
        turns=frozenset(shape.turns),
        negations=tuple(shape.negations),
        false_negations=tuple(shape.false_negations),
        reassurances=tuple(shape.reassurances),
        general_questions=tuple(shape.general_questions),
        general_joiners=frozenset(shape.general_joiners),
        affected=frozenset(shape.affected),
        connectors=frozenset(shape.connectors),
        leaning=frozenset(shape.leaning),
        askers=frozenset(shape.askers),
        joiners=frozenset(shape.joiners),
        bare=frozenset(shape.bare),
        leads=tuple(shape.leads),
        choices={name: tuple(forms) for name, forms in shape.choices.items()},
        confessions=tuple(shape.confessions),
        recoveries=tuple(shape.recoveries),
        notes=shape.notes,
        named_notes={name: tuple(forms) for name, forms in shape.named_notes.items()},
        common_words=_common_words(language),
    )


@cache
def _common_words(language: str) -> frozenset[str]:
    """The words that people of this language use often; none where the library has no list of it."""
    try:
        counts = SpellChecker(language=language).word_frequency.dictionary
    except ValueError:
        return frozenset()
    return frozenset(word for word, count in counts.items() if count >= COMMON_FROM)
