"""When something is due, how people speak of times, and where they live."""
