"""Exercises, questions about them, and the replies that show them."""
