"""What must hold of the knowledge beyond its shape; each rule yields findings."""
