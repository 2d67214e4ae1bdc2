"""Piles on their way to the signatory: numbering, signing, what came back."""
