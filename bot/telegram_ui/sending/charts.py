"""Charts as files that Telegram takes."""

from bot.core.player.progress import Chart


def painted(chart: Chart) -> bytes:
    """A chart as PNG."""
    from bot.drawing.charts import draw  # noqa: PLC0415  # few ask for one, and every start would load Pillow

    return draw(chart)
