"""The look: tokens, fonts, icons, palette and style sheet of the three themes."""
