"""What belongs to this PC alone and never travels: device, settings, drafts, log of looks."""
