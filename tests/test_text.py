"""Hostile text: whatever is written, the bot hears something, says something, and is quick."""

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.understanding import text as heard
from bot.core.understanding.phrases import MAX_SKIPPED, PatternError, PhraseIndex, expand_pattern

if TYPE_CHECKING:
    from bot.core.conversation import Conversation

NASTY = [
    *(
        "\x00",
        "\u202e",
        "\u200f",
        "\u200b",
        "\ufeff",
        "\ud800",
        "\udfff",
        "\u0301",
        "\U0001f4aa\u200d",
        "İ",
        "ŉ",
    ),
    *(
        "ß",
        "ﬃ",
        "’",
        "'",
        "no",
        "numb",
        "can't",
        "legs",
        "(",
        ")",
        ".",
        ",",
        "\n",
        "\u2028",
        "<b>",
        "&",
        "９",
        "٣",
    ),
]
any_text = st.text(max_size=300) | st.lists(st.sampled_from(NASTY), max_size=60).map("".join)
words = st.lists(st.sampled_from(["a", "b", "c", "x"]), max_size=12)

HUNDRED_THOUSAND = {
    "one long word": "a" * 100_000,
    "one word again and again": "numb " * 20_000,
    "denials": "no not never " * 8_000,
    "signs without an end": "i can't pee and " * 6_500,
    "sentences without words": ". " * 50_000,
    "brackets": "(" * 100_000,
    "apostrophes": "a'" * 50_000,
    "digits": "1" * 100_000,
    "accents": "a" + "\u0301" * 99_999,
    "invisible signs": "\u200b" * 100_000,
    "right to left": "\u202eback " * 16_000,
    "emoji": "\U0001f4aa" * 100_000,
    "lone surrogates": "\ud800" * 100_000,
    "null bytes": "\x00" * 100_000,
    "ligatures that unfold": "\ufdfa" * 100_000,
    "markup": "<b>&amp;" * 12_500,
    "unknown words": "".join(f"w{number}x " for number in range(15_000)),
    "many languages": "".join(map(chr, range(0x20, 0x186C0))),
}
SECONDS = 5.0  # a text that takes longer hangs; how fast it should be is measured by `make bench`


@given(text=any_text)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = heard.normalise(text)
    assert heard.normalise(once) == once


@given(text=any_text)
def test_two_texts_that_look_the_same_have_the_same_key(text: str) -> None:
    key = heard.key(text)
    assert heard.key(key) == key
    assert heard.key(f" {text}!\u200b ") == key
    assert not set(key) & set("\x00\u202e\ud800\n(),")


@given(text=any_text)
def test_words_are_short_and_without_signs(text: str) -> None:
    for word in heard.split_words(heard.normalise(text)):
        assert 0 < len(word) <= heard.MAX_WORD
        assert word.replace("'", "").isalnum()


@given(text=any_text)
def test_sentences_lose_no_words(text: str) -> None:
    normalised = heard.normalise(text)
    by_sentence = [w for part in heard.split_sentences(normalised) for w in heard.split_words(part)]
    assert tuple(by_sentence) == heard.split_words(normalised)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("How often?!", "how often"),
        ("  ｈｏｗ\u200b  OFTEN", "how often"),
        ("Ça va, naïve café", "ca va naive cafe"),
        ("sooooo goooood", "soo good"),
        ("can’t `can´t", "can't can't"),
        ("\x00how\x00often", "how often"),
        ("\u202ehow often\u202c", "how often"),
        ("\ud800how \udfffoften", "how often"),
        ("💪🏽 3x10 reps", "3 x 10 reps"),
        ("STRASSE straße", "strasse strasse"),
        ("", ""),
        ("?! ... \u200b\x00", ""),
    ],
)
def test_texts_are_compared_by_their_words(text: str, key: str) -> None:
    assert heard.key(text) == key


@pytest.mark.parametrize(
    ("pattern", "phrases"),
    [
        ("numb", ["numb"]),
        ("(pee|wee) blood", ["pee blood", "wee blood"]),
        ("{no} feeling", ["no feeling", "cannot feeling"]),
        ("age 65..67", ["age 65", "age 66", "age 67"]),
        ("my (|whole) leg", ["my leg", "my whole leg"]),
    ],
)
def test_a_pattern_stands_for_its_phrases(pattern: str, phrases: list[str]) -> None:
    assert expand_pattern(pattern, {"no": ["no", "cannot"]}) == phrases


@given(pattern=st.text("ab (|){}.", max_size=40))
def test_any_pattern_stands_for_phrases_or_says_why_not(pattern: str) -> None:
    with suppress(PatternError):
        phrases = expand_pattern(pattern, {"a": ["x", "{b}"], "b": ["y", "{a}"], "ab": ["z"]})
        assert all("{" not in phrase and "(" not in phrase for phrase in phrases)


@given(forms=st.lists(words, min_size=1, max_size=5), tokens=words)
def test_phrases_are_found_where_they_stand_the_longest_first(
    forms: list[list[str]], tokens: list[str]
) -> None:
    index = PhraseIndex({"phrase": forms})
    for start in range(len(tokens)):
        ends = [end for _, end in index.at(tokens, start)]
        standing = {tuple(form) for form in forms if form and tokens[start : start + len(form)] == form}
        assert ends == sorted((start + len(form) for form in standing), reverse=True)


@given(between=st.lists(st.just("x"), max_size=8))
def test_a_phrase_may_hold_a_few_words_that_say_nothing(between: list[str]) -> None:
    index = PhraseIndex({"phrase": [["a", "b"]]})
    found = list(index.at(["a", *between, "b"], 0, skippable={"x"}))
    assert bool(found) == (len(between) <= MAX_SKIPPED)


@settings(deadline=timedelta(seconds=SECONDS), max_examples=200)
@given(text=any_text)
def test_any_text_gets_a_reply(text: str, conversation: "Conversation") -> None:
    reply = conversation.warn(conversation.heed(text)) or conversation.answer(text)
    assert reply.text
    assert reply.score is not None
    assert 0 <= reply.score <= 1
    assert all(suggestion.utterance for suggestion in reply.suggestions)


@given(before=st.text(max_size=200), flag=st.sampled_from(["i can't pee and my back hurts"]))
def test_no_text_before_it_hides_a_sign(before: str, flag: str, conversation: "Conversation") -> None:
    assert conversation.alarms(f"{before}. ... {flag}")


@pytest.mark.parametrize("name", HUNDRED_THOUSAND)
def test_a_hundred_thousand_characters_of_any_kind_are_answered(
    name: str, conversation: "Conversation"
) -> None:
    reply = conversation.warn(conversation.heed(HUNDRED_THOUSAND[name])) or conversation.answer(
        HUNDRED_THOUSAND[name]
    )
    assert reply.text


@pytest.mark.parametrize(
    "name", ["one word again and again", "right to left", "unknown words", "many languages"]
)
def test_a_sign_at_the_end_of_a_hundred_thousand_characters_is_heard(
    name: str, conversation: "Conversation"
) -> None:
    assert conversation.heed(f"{HUNDRED_THOUSAND[name]} . my back hurts and i can't pee")
