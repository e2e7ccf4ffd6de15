"""Red flags, before everything else, and what follows from one."""
