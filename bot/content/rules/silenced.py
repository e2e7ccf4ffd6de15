"""Words and calm sentences that an overlay adds must not silence a sign that the built-in words read."""

from collections.abc import Iterator

from bot.content.findings import Finding, Place
from bot.content.library import LanguageContent, Library
from bot.core.safety.signs import SignReader


def silenced_signs(builtin: Library, library: Library) -> Iterator[Finding]:
    """Examples of built-in red flags whose signs are read no more once the overlay lies over them.

    And sentences from which the red-flag check would learn that a built-in sign is none.
    """
    for language in builtin.keys() & library.keys():
        yield from _calmed(builtin[language], library[language])
        if builtin[language].knowledge.vocabulary != library[language].knowledge.vocabulary:
            yield from _silenced(builtin[language], library[language])


def _silenced(builtin: LanguageContent, content: LanguageContent) -> Iterator[Finding]:
    flags = builtin.knowledge.red_flags
    before, now = (SignReader(flags.values(), each.knowledge.vocabulary) for each in (builtin, content))
    for name, flag in flags.items():
        for number, example in enumerate(flag.examples):
            if _raised(before, example) - _raised(now, example):
                place = content.item("red_flags", name).place("examples", number)
                problem = f"Words of the overlay silence a sign in {example!r}"
                yield place.finding(problem, "Take them out of its vocabulary.yaml")


def _calmed(builtin: LanguageContent, content: LanguageContent) -> Iterator[Finding]:
    own = {text for text, _ in _calm(builtin)}
    added = [(text, place) for text, place in _calm(content) if text not in own]
    if not added:
        return  # a reader takes a while to make
    reader = SignReader(builtin.knowledge.red_flags.values(), builtin.knowledge.vocabulary)
    for text, place in added:
        raised = sorted(_raised(reader, text))
        if raised:
            yield place.finding(f"{text!r} holds a sign of {raised[0]!r}", "Take it out of the overlay")


def _calm(content: LanguageContent) -> Iterator[tuple[str, Place]]:
    """The sentences that raise nothing, as their authors say, and where they stand."""
    for kind, texts in (("background", content.knowledge.background), ("calm", content.knowledge.calm)):
        for number, text in enumerate(texts):
            yield text, content.item(kind, kind).place("sentences", number)
    for name, flag in content.knowledge.red_flags.items():
        for number, text in enumerate(flag.look_alikes):
            yield text, content.item("red_flags", name).place("look_alikes", number)


def _raised(reader: SignReader, text: str) -> set[str]:
    """The red flags whose signs are read in a text; none where it reassures or asks in general."""
    if reader.is_reassuring(text) or reader.is_general(text):
        return set()
    return {flag.id for flag, _ in reader.raised(reader.present(text))}
