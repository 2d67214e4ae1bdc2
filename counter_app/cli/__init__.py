"""``commune-counter``: the technician's commands, with the program running or not."""
