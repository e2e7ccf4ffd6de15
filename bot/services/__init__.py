"""ACT: use cases over ports. A turn comes in, a reply goes out."""
