"""The matcher beside others on the same questions, by `make bench-matching`."""
