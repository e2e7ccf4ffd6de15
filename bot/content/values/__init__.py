"""Values out of what was written, once its shape is known to be sound."""
