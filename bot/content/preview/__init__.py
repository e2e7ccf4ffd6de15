"""What people would get, day after day."""
