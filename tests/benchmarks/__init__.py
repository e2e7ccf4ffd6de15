"""What the bot costs and how fast it is. `make bench` runs `python -m benchmarks`; no test depends on it."""
