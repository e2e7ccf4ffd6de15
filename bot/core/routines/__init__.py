"""Today's routine: wished for, composed, shown, changed and shared."""
