"""Plots as SVG inside a page; no library, no colour that alone carries a meaning."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from bot.content.evaluation.reliability import Bin

SIZE, EDGE = 320, 40  # pixels of a square plot, and around it
WIDTH, ROW, LABEL = 560, 24, 180  # pixels of a bar, its row and the name before it
BIGGEST = 9  # pixels, the radius of the dot with the most questions
STYLES = ("dot open", "dot sealed")


def reliability_plot(parts: Mapping[str, Sequence[Bin]]) -> str:
    """Claimed probability across, the share that came true up; a dot a bin, the larger the more questions."""
    side = SIZE + 2 * EDGE
    marks = [
        f'<path class="axis" d="M{EDGE} {EDGE}V{EDGE + SIZE}H{EDGE + SIZE}"/>',
        f'<path class="ideal" d="M{EDGE} {EDGE + SIZE}L{EDGE + SIZE} {EDGE}"/>',
        _text(EDGE + SIZE / 2, side - 6, "probability that the matcher gives", "middle"),
        _turned(_text(12, EDGE + SIZE / 2, "share that is right", "middle"), 12, EDGE + SIZE / 2),
    ]
    for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        marks.append(_text(EDGE + tick * SIZE, EDGE + SIZE + 16, f"{tick:.1f}", "middle"))
        marks.append(_text(EDGE - 6, EDGE + (1 - tick) * SIZE + 4, f"{tick:.1f}", "end"))
    for style, bins in zip(STYLES, parts.values(), strict=False):
        marks += _dots(bins, style)
    return _svg(side, side, marks)


def bars(rows: Iterable[tuple[str, Sequence[tuple[str, float]]]]) -> str:
    """A row a name, of parts (class, share of 1) that stand side by side."""
    marks, top = [], 0
    for name, parts in rows:
        marks.append(_text(LABEL - 8, top + ROW - 8, name, "end"))
        left = float(LABEL)
        for style, share in parts:
            title = f"<title>{escape(style)} {share:.1%}</title>"
            marks.append(
                f'<rect class="{escape(style)}" x="{left:.1f}" y="{top + 3}" '
                f'width="{share * WIDTH:.1f}" height="{ROW - 6}">{title}</rect>'
            )
            left += share * WIDTH
        top += ROW
    return _svg(LABEL + WIDTH, max(top, ROW), marks)


def _dots(bins: Sequence[Bin], style: str) -> list[str]:
    most = max(each.count for each in bins)
    return [
        f'<circle class="{style}" cx="{EDGE + each.claimed * SIZE:.1f}" '
        f'cy="{EDGE + (1 - each.right) * SIZE:.1f}" r="{2 + BIGGEST * (each.count / most) ** 0.5:.1f}">'
        f"<title>{each.count} questions: {each.claimed:.2f} claimed, {each.right:.2f} right</title></circle>"
        for each in bins
    ]


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _turned(mark: str, x: float, y: float) -> str:
    """A mark, turned to be read upwards."""
    return f'<g transform="rotate(-90 {x} {y})">{mark}</g>'


def _svg(width: float, height: float, marks: Iterable[str]) -> str:
    return f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img">{"".join(marks)}</svg>'
