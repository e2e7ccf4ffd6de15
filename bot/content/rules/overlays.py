"""What an overlay may not do to the words through which red flags are heard: it may only add to them."""

import re
from collections.abc import Iterator, Sequence

from bot.content.findings import Finding
from bot.content.yaml_source import Document, Value

REWRITING = ("contractions", "misspellings")  # tables that put other words in the place of what was written
NO_REPORT = "Only the built-in knowledge says which questions about a sign are no report of it"
BUILT_IN_ONLY = {
    "general_questions": NO_REPORT,
    "general_joiners": NO_REPORT,
    "own_forms": "Only the built-in knowledge says which words signs tell from others of their stem",
}
SAFE_WORDS = ("red_flag_concepts", "concepts", "negations", "false_negations")

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def weakened_words(documents: Sequence[Document]) -> Iterator[Finding]:
    """Where an overlay's vocabulary replaces what the built-in one, the first of the documents, says."""
    builtin, *overlays = documents
    spoken = {word for section in SAFE_WORDS for word in _words(builtin.data.get(section, ""))}
    for overlay in overlays:
        if "stemmer" in overlay.data and overlay.data["stemmer"] != builtin.data.get("stemmer"):
            problem = "The overlay changes how every word is heard, those of red flags too"
            yield overlay.place("stemmer").finding(problem, "Take the line out")
        for section, problem in BUILT_IN_ONLY.items():
            if section in overlay.data:
                yield overlay.place(section).finding(problem, "Take it out")
        for section in REWRITING:
            yield from _rewritten(builtin, overlay, section, spoken)


def _rewritten(builtin: Document, overlay: Document, section: str, spoken: set[str]) -> Iterator[Finding]:
    before, now = builtin.data.get(section, {}), overlay.data.get(section, {})
    if not (isinstance(before, dict) and isinstance(now, dict)):
        return
    for word, meaning in now.items():
        place = overlay.place(section, word)
        if before.get(word, meaning) != meaning:
            yield place.finding(f"The built-in vocabulary writes {word!r} differently", "Take the line out")
        elif word not in before and word in spoken:
            problem = f"{word!r} is a word of red flags, which would no longer be heard"
            yield place.finding(problem, "Take the line out")


def _words(value: Value) -> Iterator[str]:
    """Every word in a value, however deep it stands."""
    if isinstance(value, str):
        yield from _WORD.findall(value.lower())
    else:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _words(inner)
