"""The shape of each knowledge file, and what is wrong where a file has another one."""
