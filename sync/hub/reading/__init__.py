"""What the hub makes of journals: verdicts, folded readings, questions, routing between units."""
