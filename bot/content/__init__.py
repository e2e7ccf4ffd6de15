"""READS the knowledge and judges it."""
