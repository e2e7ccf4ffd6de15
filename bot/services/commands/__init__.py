"""What can be asked for by name: the one table of commands, and what stands behind each of them."""
