"""What somebody has sent to them: begun, changed, paused and ended."""
