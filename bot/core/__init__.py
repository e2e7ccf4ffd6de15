"""DECIDES: pure, values in, values out. What every message needs is here, what it may be about in folders."""
