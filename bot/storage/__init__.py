"""REMEMBERS: in memory, in SQLite or in PostgreSQL."""
