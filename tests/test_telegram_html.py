"""The double reads HTML as Telegram does."""

import pytest
from telegram_html import MarkupError, parse_html


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("é<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ],
)
def test_broken_markup_is_refused_in_telegrams_words(html: str, reason: str) -> None:
    with pytest.raises(MarkupError) as refusal:
        parse_html(html)
    assert str(refusal.value) == reason


def test_markup_is_read_into_entities_counted_in_utf16_units() -> None:
    plain, entities = parse_html('😀 <b>a &lt; <i>b</i></b> &nbsp; <a href="https://x.org">l</a>')
    assert plain == "😀 a < b &nbsp; l"
    assert entities == [
        {"type": "bold", "offset": 3, "length": 5},
        {"type": "italic", "offset": 7, "length": 1},
        {"type": "text_link", "offset": 16, "length": 1, "url": "https://x.org"},
    ]
