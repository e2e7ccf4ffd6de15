"""The matcher beside others on the same questions. `make bench-matching` runs `python -m benchmarks.peers`."""
