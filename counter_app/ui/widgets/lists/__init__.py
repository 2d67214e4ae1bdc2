"""Tables and lists, and what they show when there is nothing."""
