"""Gathers the files of the knowledge, and lays an operator's overlay over it, before anything is understood.

A folder holds one item a file (its stem is the id), a file holds one item a key. Roots come in order: the
built-in knowledge, then an overlay that mirrors it. There the same id replaces, a new id adds, and
`hidden: true` hides. Red flags and the words that they are made of can only be added to.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.findings import Finding, Place, shown
from bot.content.yaml_source import Document, Value, read_yaml

NEVER_REPLACED = frozenset({"red_flags"})


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
        return isinstance(self.value, dict) and self.value.get("hidden") == "true"

    def place(self, *path: str | int) -> Place:
        """The place of the item, or of something in it."""
        return self.document.place(*self.path, *path)


Shelf = dict[str, Item]


class Shelves:
    """All items of all roots by language ("" is every language's) and kind, with what could not be read."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = roots
        self.findings: list[Finding] = []

    def languages(self) -> list[str]:
        """The languages that have a folder, in alphabetical order."""
        return sorted({folder.name for root in self._roots for folder in _folders(root)})

    def folder(self, language: str, kind: str) -> Shelf:
        """The items of a folder, one a file."""
        shelf: Shelf = {}
        for root, path in self._files(f"{language}/{kind}"):
            document = self._read(root, path)
            if document:
                self._put(shelf, Item(path.stem, document, ()), replaceable=kind not in NEVER_REPLACED)
        return shelf

    def file(self, name: str) -> Shelf:
        """The items of a file, one a key."""
        shelf: Shelf = {}
        for document in self.documents(name):
            for key in document.data:
                self._put(shelf, Item(key, document, (key,)))
        return shelf

    def has(self, name: str) -> bool:
        """Whether any root has a file."""
        return any((root / name).is_file() for root in self._roots)

    def documents(self, name: str) -> list[Document]:
        """A file as each root has it, the built-in one first."""
        found = [(root, root / name) for root in self._roots if (root / name).is_file()]
        documents = [self._read(root, path) for root, path in found]
        if not found:
            self.findings.append(
                Finding(f"{self._roots[0].name}/{name}", 1, "", "The file is missing", "Restore it")
            )
        return [document for document in documents if document]

    def _files(self, folder: str) -> Iterator[tuple[Path, Path]]:
        for root in self._roots:
            for path in sorted((root / folder).glob("*")):
                if path.suffix == ".yaml":
                    yield root, path
                elif path.is_file() and not path.name.startswith("."):
                    problem, remedy = "The file is not read", "Let its name end in .yaml, or take it away"
                    self.findings.append(Finding(shown(path, root), 1, "", problem, remedy))

    def _read(self, root: Path, path: Path) -> Document | None:
        document = read_yaml(path, shown(path, root))
        if isinstance(document, Document):
            return document
        self.findings.append(document)
        return None

    def _put(self, shelf: Shelf, item: Item, *, replaceable: bool = True) -> None:
        if item.id in shelf and not replaceable:
            problem = f"{item.id!r} is a red flag of the built-in knowledge and can't be replaced or hidden"
            self.findings.append(item.place().finding(problem, "Add a red flag under a name of its own"))
        elif item.is_hidden:
            shelf.pop(item.id, None)
        else:
            shelf[item.id] = item


def _folders(root: Path) -> Iterator[Path]:
    return (path for path in root.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def merged(documents: Sequence[Document]) -> Document:
    """One document out of several: mappings and lists grow, single texts are replaced."""
    first, *others = documents
    data: dict[str, Value] = dict(first.data)
    for other in others:
        data = _grown(data, other.data)
    return Document(others[-1].file if others else first.file, data, first.lines)


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
