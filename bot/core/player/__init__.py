"""Leads through a routine step by step, and counts how regularly somebody trains."""
