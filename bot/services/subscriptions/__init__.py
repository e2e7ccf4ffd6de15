"""Turns about what is sent: tips and reminders, begun, changed, paused and ended."""
