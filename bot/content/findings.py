"""A finding: one fault in the knowledge, said so that its author can mend it without asking."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.process import extractOne

NEAR_ENOUGH = 60  # similarity, 0 to 100, from which a misspelt name is guessed


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault: where it stands, what is wrong, and what to write instead."""

    file: str
    line: int
    key: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        return (
            f"{where}: {self.key}: {self.problem}. {self.remedy}."
            if self.key
            else f"{where}: {self.problem}. {self.remedy}."
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in a file of the knowledge; findings are made from it."""

    file: str
    line: int
    key: str = ""

    def finding(self, problem: str, remedy: str) -> Finding:
        """The finding that something is wrong here."""
        return Finding(self.file, self.line, self.key, problem, remedy)


class ContentError(Exception):
    """The knowledge can't be used. Its text lists every finding, a line each."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        lines = "\n".join(f"  {finding}" for finding in self.findings)
        super().__init__(f"The knowledge has {len(self.findings)} fault(s):\n{lines}")


def guess(name: str, known: Iterable[str]) -> str:
    """The advice for an unknown name: the known one that it resembles, or all of them."""
    names = sorted(known)
    found = extractOne(name, names, score_cutoff=NEAR_ENOUGH)
    if found:
        return f"Did you mean {found[0]!r}"
    listed = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")  # noqa: PLR2004  # a line's worth
    return f"Use one of: {listed}" if names else "Take it out"


def shown(path: Path, root: Path) -> str:
    """A path as a person finds it again: from the knowledge folder on."""
    return f"{root.name}/{path.relative_to(root).as_posix()}"
