"""What a message says: hearing it, comparing it with the entries, and how it leans on the talk."""
