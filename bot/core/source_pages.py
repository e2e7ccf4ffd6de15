"""The works behind the answers, as they are shown. Pure."""

from collections.abc import Sequence

from bot.core.model import Knowledge, Source
from bot.core.pages import Pages
from bot.core.talk import Kind, Reply, Suggestion

WORKS_ON_A_PAGE = 10


class SourcePages:
    """The replies that name sources."""

    def __init__(self, knowledge: Knowledge, pages: Pages) -> None:
        self._knowledge = knowledge
        self._says = knowledge.messages
        self._pages = pages

    def of_entry(self, name: str) -> Reply:
        """The works that an entry's facts come from."""
        entry = self._knowledge.entries[name]
        follow_ups = tuple(map(self._pages.suggest, entry.follow_ups))
        return self.works(entry.title, entry.facts, entry.topic, follow_ups)

    def works(
        self, title: str, facts: Sequence[str], topic: str | None, follow_ups: tuple[Suggestion, ...] = ()
    ) -> Reply:
        """The works that some facts come from, below the title of what rests on them."""
        works = [self._work(source) for source in self._sources(facts)]
        text = "\n\n".join([self._says.sources_of.format(question=title), *works])
        return self._pages.text(text, topic, follow_ups)

    def all(self, page: int) -> Reply:
        """All works, a few at a time; pages count from 1."""
        works = [self._work(source) for source in self._knowledge.sources.values()]
        pages = -(-len(works) // WORKS_ON_A_PAGE)
        page = min(max(page, 1), pages)
        shown = works[(page - 1) * WORKS_ON_A_PAGE : page * WORKS_ON_A_PAGE]
        text = "\n\n".join([self._says.sources_all, *shown])
        turns = []
        if page > 1:
            turns.append(Suggestion(label=self._says.back, utterance=f"/sources {page - 1}"))
        if page < pages:
            turns.append(Suggestion(label=self._says.more, utterance=f"/sources {page + 1}"))
        return Reply(kind=Kind.COMMAND, text=text, suggestions=tuple(turns), in_place=True)

    def _sources(self, facts: Sequence[str]) -> Sequence[Source]:
        known = [self._knowledge.facts[name] for name in facts]
        names = dict.fromkeys(source for fact in known for source in fact.sources)
        return [self._knowledge.sources[name] for name in names]

    def _work(self, source: Source) -> str:
        says = {
            "article": self._says.source_article,
            "guidance": self._says.source_guidance,
            "experience": self._says.source_experience,
        }[source.kind]
        if source.kind == "experience":
            return f"• {says}"
        year = "" if source.year in {"n/d", "-"} else f", {source.year}"
        link = f"\n{source.url}" if source.url else ""
        publisher = source.publisher[:1].upper() + source.publisher[1:]
        return f"• {source.title}. {publisher}{year} ({says}; {source.checked}).{link}"
