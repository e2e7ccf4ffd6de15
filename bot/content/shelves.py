"""Gathers the files of the knowledge, and lays an operator's overlay over it, before anything is understood.

A folder holds one item a file (its stem is the id), a file holds one item a key. Roots come in order: the
built-in knowledge, then an overlay that mirrors it. There the same id replaces, a new id adds, and
`hidden: true` hides. Red flags, cautions and the words that flags are made of can only be added to.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.findings import Finding, Place, guess, shown
from bot.content.yaml_source import Document, Path_, Value, read_yaml

NO_LANGUAGES = frozenset({"poses", "pictures"})  # folders that every language shares
NEVER_REPLACED = {"red_flags": "red flag", "cautions": "caution"}  # what an overlay can only add to


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of the knowledge, still as it was written, and where."""

    id: str
    document: Document
    path: tuple[str, ...]

    @property
    def value(self) -> Value:
        """What was written."""
        value: Value = self.document.data
        for part in self.path:
            assert isinstance(value, dict)  # noqa: S101  # paths lead through mappings
            value = value[part]
        return value

    @property
    def is_hidden(self) -> bool:
        """Whether the overlay wants it gone."""
        hidden = self.value.get("hidden") if isinstance(self.value, dict) else None
        return isinstance(hidden, str) and hidden.lower() == "true"

    def place(self, *path: str | int) -> Place:
        """The place of the item, or of something in it."""
        return self.document.place(*self.path, *path)


Shelf = dict[str, Item]


class Shelves:
    """All items of all roots by language ("" is every language's) and kind, with what could not be read."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self.roots = roots
        self._asked: set[str] = set()
        self.findings: list[Finding] = []
        self.unread: set[str] = set()  # files whose content is not known, like "en/entries/x.yaml"
        self.hidden: set[str] = set()  # what an overlay has hidden, like "en/entries/x"

    def languages(self) -> list[str]:
        """The languages that have a folder, in alphabetical order."""
        return sorted({folder.name for root in self.roots for folder in _folders(root)} - NO_LANGUAGES)

    def folder(self, name: str) -> Shelf:
        """The items of a folder, like "en/entries", one a file."""
        shelf: Shelf = {}
        for root, path in self._files(name):
            document = self._read(root, path)
            if document:
                self._put(shelf, name, Item(path.stem, document, ()))
        return shelf

    def file(self, name: str) -> Shelf:
        """The items of a file, one a key."""
        shelf: Shelf = {}
        for document in self.documents(name):
            for key in document.data:
                self._put(shelf, name.removesuffix(".yaml"), Item(key, document, (key,)))
        return shelf

    def files(self, name: str) -> Shelf:
        """The items of all files of a folder, like "en/tips", one a key."""
        shelf: Shelf = {}
        first: dict[tuple[Path, str], Document] = {}
        for root, path in self._files(name):
            document = self._read(root, path)
            if document is None:
                continue
            for key in document.data:
                item = Item(key, document, (key,))
                other = first.setdefault((root, key), document)
                if other is not document:
                    problem = f"{key!r} stands in {other.file} too"
                    self.findings.append(item.place().finding(problem, "Give one of them another name"))
                self._put(shelf, name, item)
        return shelf

    def has(self, name: str) -> bool:
        """Whether any root has a file."""
        return any((root / name).is_file() for root in self.roots)

    def documents(self, name: str) -> list[Document]:
        """A file as each root has it, the built-in one first."""
        found = [(root, root / name) for root in self.roots if (root / name).is_file()]
        documents = [self._read(root, path) for root, path in found]
        if not found:
            self.unread.add(name)
            self.findings.append(
                Finding(f"{self.roots[0].name}/{name}", 1, "", "The file is missing", "Restore it")
            )
        return [document for document in documents if document]

    def strays(self) -> Iterator[Finding]:
        """A finding on each YAML file that was never asked for, once everything else has been read."""
        for root in self.roots:
            for path in sorted(root.rglob("*.yaml")):
                name = path.relative_to(root)
                is_private = any(part.startswith(".") for part in name.parts)
                if name.as_posix() not in self._asked and not is_private:
                    remedy = "Give it and its folder the names that they have in knowledge/"
                    yield Finding(shown(path, root), 1, "", "Nothing reads this file", remedy)

    def _files(self, folder: str) -> Iterator[tuple[Path, Path]]:
        for root in self.roots:
            for path in sorted((root / folder).glob("*")):
                if path.name.startswith("."):
                    continue
                if path.suffix == ".yaml":
                    yield root, path
                elif path.is_file():
                    problem, remedy = "The file is not read", "Let its name end in .yaml, or take it away"
                    self.findings.append(Finding(shown(path, root), 1, "", problem, remedy))

    def _read(self, root: Path, path: Path) -> Document | None:
        self._asked.add(path.relative_to(root).as_posix())
        document = read_yaml(path, shown(path, root))
        if isinstance(document, Document):
            return document
        self.findings.append(document)
        self.unread.add(path.relative_to(root).as_posix())
        return None

    def _put(self, shelf: Shelf, where: str, item: Item) -> None:
        kept = NEVER_REPLACED.get(Path(where).name)
        if item.id in shelf and kept:
            problem = f"{item.id!r} is a {kept} of the built-in knowledge and can't be replaced or hidden"
            self.findings.append(item.place().finding(problem, f"Add a {kept} under a name of its own"))
        elif item.is_hidden and item.id in shelf:
            del shelf[item.id]
            self.hidden.add(f"{where}/{item.id}")
        elif item.is_hidden:
            finding = item.place().finding(f"There is no {item.id!r} to hide", guess(item.id, shelf))
            self.findings.append(finding)
        else:
            shelf[item.id] = item


def _folders(root: Path) -> Iterator[Path]:
    return (path for path in root.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def merged(documents: Sequence[Document]) -> Document:
    """One document out of several: mappings and lists grow, single texts are replaced."""
    first, *others = documents
    for other in others:
        lines, files = dict(first.lines), dict(first.files)
        for path, line in other.lines.items():
            place = _place_in(first.data, path)
            lines[place], files[place] = (line, other.file) if path else (lines[()], first.file)
        first = Document(first.file, _grown(first.data, other.data), lines, files)
    return first


def _grown(old: Mapping[str, Value], new: Mapping[str, Value]) -> dict[str, Value]:
    grown = dict(old)
    for key, value in new.items():
        before = grown.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            grown[key] = _grown(before, value)
        elif isinstance(before, list) and isinstance(value, list):
            grown[key] = [*before, *value]
        else:
            grown[key] = value
    return grown


def _place_in(old: Value, path: Path_) -> Path_:
    """Where a value of a file stands once it is laid over old ones: items of a list go behind those."""
    place: list[str | int] = []
    before: Value | None = old
    for part in path:
        place.append(part + len(before) if isinstance(part, int) and isinstance(before, list) else part)
        before = before.get(part) if isinstance(before, dict) and isinstance(part, str) else None
    return tuple(place)
