"""Draws how regularly somebody trains: a calendar of weeks, and bars for the minutes of each kind."""

import io
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFont

from bot.core.player.progress import Chart, Day
from bot.drawing.shapes import BACKGROUND, FAR, FLOOR, NEAR, WORKING, Colour

LARGER = 2  # than shown while it is drawn, so that edges are smooth
WIDTH = 640  # pixels; a phone shows all of them
MARGIN = 32
CELL, GAP = 72, 12  # of a day
TITLE, TEXT = 30, 24  # letters
LINE = 44  # of the minutes
BAR_FROM, BAR_TO = 230, 540  # where bars begin, and where the longest ends
WHITE: Colour = (255, 255, 255)

_Draw = ImageDraw.ImageDraw


def draw(chart: Chart) -> bytes:
    """A chart as PNG. Every day reads without its colour: a tick, a dash for a break, or nothing."""
    calendar = MARGIN + TITLE + GAP
    minutes = calendar + TEXT + GAP + len(chart.weeks) * (CELL + GAP) + GAP
    high = minutes + ((TITLE + GAP + len(chart.minutes) * LINE) if chart.minutes else 0) + MARGIN // 2
    picture = Image.new("RGB", (WIDTH * LARGER, high * LARGER), BACKGROUND)
    drawn = ImageDraw.Draw(picture)
    _write(drawn, (MARGIN, MARGIN), chart.title, TITLE)
    _draw_calendar(drawn, chart, calendar)
    if chart.minutes:
        _write(drawn, (MARGIN, minutes), chart.minutes_title, TITLE)
        _draw_minutes(drawn, chart, minutes + TITLE + GAP)
    file = io.BytesIO()
    picture.reduce(LARGER).quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw_calendar(drawn: _Draw, chart: Chart, top: int) -> None:
    for column, weekday in zip(_columns(), chart.weekdays, strict=False):
        _write(drawn, (column + CELL // 2, top + TEXT // 2), weekday, TEXT, anchor="mm")
    for row, week in enumerate(chart.weeks):
        y = top + TEXT + GAP + row * (CELL + GAP)
        for column, day in zip(_columns(), week, strict=False):
            _draw_day(drawn, column, y, day)


def _columns() -> Iterator[int]:
    return iter(range(MARGIN, WIDTH - CELL, CELL + GAP))


def _draw_day(drawn: _Draw, x: int, y: int, day: Day) -> None:
    box = _scaled(x, y, x + CELL, y + CELL)
    if day is Day.TO_COME:
        drawn.rounded_rectangle(box, 12 * LARGER, outline=FLOOR, width=2 * LARGER)
        return
    drawn.rounded_rectangle(box, 12 * LARGER, fill=WORKING if day is Day.TRAINED else FLOOR)
    if day is Day.TRAINED:
        tick = _scaled(x + 20, y + 38, x + 32, y + 50, x + 54, y + 24)
        drawn.line(tick, fill=WHITE, width=7 * LARGER, joint="curve")
    if day is Day.RESTED:
        drawn.line(_scaled(x + 24, y + CELL // 2, x + 48, y + CELL // 2), fill=FAR, width=6 * LARGER)


def _draw_minutes(drawn: _Draw, chart: Chart, top: int) -> None:
    longest = max(count for _, count in chart.minutes)
    for row, (kind, count) in enumerate(chart.minutes):
        y = top + row * LINE
        end = BAR_FROM + max(8, (BAR_TO - BAR_FROM) * count // longest)
        _write(drawn, (MARGIN, y + LINE // 2), kind, TEXT, anchor="lm")
        drawn.rounded_rectangle(_scaled(BAR_FROM, y + 10, end, y + LINE - 10), 6 * LARGER, fill=NEAR)
        _write(drawn, (end + GAP, y + LINE // 2), str(count), TEXT, anchor="lm")


def _write(drawn: _Draw, at: tuple[int, int], text: str, size: int, anchor: str = "lt") -> None:
    x, y = _scaled(*at)
    drawn.text((x, y), text, fill=NEAR, font=ImageFont.load_default(size * LARGER), anchor=anchor)


def _scaled(*places: int) -> tuple[int, ...]:
    return tuple(place * LARGER for place in places)
