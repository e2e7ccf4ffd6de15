"""How updates come in: polled, or brought to a webhook; kept before they are confirmed."""
