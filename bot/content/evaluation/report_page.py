"""The report of `evaluate` as one page of HTML that needs nothing from elsewhere."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from bot.content.evaluation import faults, plots, robustness, tallies
from bot.content.evaluation.asking import Answered
from bot.content.evaluation.comparison import Comparison
from bot.content.evaluation.measuring import MOST_ERROR, Report
from bot.content.evaluation.reliability import expected_error

MOST_ROWS = 40  # of a list; the JSON holds them all

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #222 }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0 }
th, td { padding: .2rem .7rem; border-bottom: 1px solid #ddd }
th { text-align: left } td.number { text-align: right; font-variant-numeric: tabular-nums }
svg text { font: 12px system-ui, sans-serif } .axis { fill: none; stroke: #444 }
.ideal { stroke: #999; stroke-dasharray: 4 4 } .open { fill: #1f6f8b; opacity: .8 }
.sealed { fill: none; stroke: #b8500a; stroke-width: 2 }
.right { fill: #2a7f62 } .offered { fill: #9bcbb5 } .none { fill: #d6d6d6 } .wrong { fill: #b3261e }
.loss { fill: #b8500a }
"""


def page(report: Report, comparison: Comparison | None = None) -> str:
    """The whole page; with a comparison also what got better and worse."""
    body = "\n".join(_sections(report, comparison))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>How well it understands</title>'
        f"<style>{STYLE}</style></head><body>\n<h1>How well it understands</h1>\n{body}\n</body></html>\n"
    )


def _sections(report: Report, comparison: Comparison | None) -> Iterator[str]:
    yield from _sets(report)
    yield from _reliability(report)
    yield from _robustness(report)
    if comparison:
        yield from _changes(comparison)
    yield from _confusions(report.shown)
    yield from _entries(report.shown)
    yield from _false_answers(report.shown)


def _sets(report: Report) -> Iterator[str]:
    by_set = tallies.by_set(report.answered)
    yield "<h2>Sets</h2>"
    yield _table(tallies.rows(by_set))
    yield plots.bars(
        (name, [(verdict.value, each.share(verdict)) for verdict in tallies.BARS])
        for name, each in by_set.items()
    )
    yield "<p>From the left: right, offered, none, wrong.</p>"


def _reliability(report: Report) -> Iterator[str]:
    yield "<h2>Reliability</h2>"
    yield plots.reliability_plot(report.reliability)
    yield "<p>Full dots are open questions, rings are sealed ones; on the dashed line a claim comes true.</p>"
    rows = [("questions", "expected calibration error", "goal")]
    for name, bins in report.reliability.items():
        rows.append((name, f"{expected_error(bins):.3f}", f"below {MOST_ERROR}"))
    yield _table(rows)


def _robustness(report: Report) -> Iterator[str]:
    yield "<h2>Robustness</h2>"
    if not report.losses:
        yield "<p>Not measured: <code>--robustness</code> does.</p>"
        return
    yield _table(robustness.rows(report.losses))
    yield "<p>Percentage points against the clean run; “reached” is right or offered.</p>"
    yield plots.bars((each.name, [("loss", max(0.0, each.right))]) for each in report.losses)


def _changes(comparison: Comparison) -> Iterator[str]:
    yield "<h2>Against the earlier report</h2>"
    yield f"<p>{escape(comparison.summary)}</p>"
    moved = [(name, f"{old:.1%}", f"{new:.1%}") for name, (old, new) in comparison.figures.items()]
    yield _table([("figure", "before", "now"), *moved])
    rows = [(c.before.value, c.now.verdict.value, c.now.line) for c in comparison.changes]
    yield _table([("before", "now", "question"), *rows])


def _confusions(shown: Sequence[Answered]) -> Iterator[str]:
    yield "<h2>Confusion pairs</h2>"
    yield f"<p>{faults.only_unsure(shown)} more had the right entry first, but were too unsure of it.</p>"
    found = faults.confusions(shown)
    rows = [(each.wanted, each.taken, str(each.count), each.example) for each in found[:MOST_ROWS]]
    yield _table([("wanted", "likelier to the matcher", "times", "for instance"), *rows])


def _entries(shown: Sequence[Answered]) -> Iterator[str]:
    yield "<h2>Worst entries</h2>"
    rows = [
        (each.entry, str(each.asked), str(each.lost), str(each.intruding))
        for each in faults.troubled(shown)[:MOST_ROWS]
    ]
    yield _table([("entry", "own questions", "lost", "questions of others answered"), *rows])


def _false_answers(shown: Sequence[Answered]) -> Iterator[str]:
    yield "<h2>False answers</h2>"
    for name, found in faults.false_answers(shown).items():
        yield f"<h3>{escape(name)}: {len(found)}</h3>"
        rows = [(each.question.text, each.kind.value, each.shown, _probability(each)) for each in found]
        yield _table([("question", "kind", "shown", "probability"), *rows])


def _probability(each: Answered) -> str:
    return f"{each.candidates[0].score:.2f}" if each.candidates else ""


def _table(rows: Iterable[Sequence[str]]) -> str:
    heading, *body = rows
    head = "".join(f"<th>{escape(cell)}</th>" for cell in heading)
    lines = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>\n" for row in body)
    return f"<table><tr>{head}</tr>\n{lines}</table>"


def _cell(text: str) -> str:
    is_number = text.lstrip("+-").rstrip("%").replace(".", "", 1).isdigit()
    return f'<td class="number">{text}</td>' if is_number else f"<td>{escape(text)}</td>"
