"""Who is asking: what they told of themselves, and what suits them."""
