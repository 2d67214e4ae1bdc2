"""The steps of the day, one file each; ``script.STEPS`` puts them in order."""
