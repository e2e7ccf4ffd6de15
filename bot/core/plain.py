"""A reply as plain text, for whoever shows no more than that."""

from bot.core.talk import Reply

STRONG = "**"  # stands before and after strong words in the knowledge


def plain_text(reply: Reply) -> str:
    """Everything that a person reads of a reply but for its suggestions, paragraph by paragraph."""
    notes = (disclaimer.text for disclaimer in reply.disclaimers)
    paragraphs = (reply.understood, reply.text, *notes)
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph).replace(STRONG, "")
