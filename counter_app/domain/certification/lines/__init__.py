"""A line of the register: state, fold, annulment, and the copy that bears its number."""
