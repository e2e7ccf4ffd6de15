"""DRAWS the exercises. Pure geometry, and one room that paints."""
