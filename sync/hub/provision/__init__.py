"""``commune-hub provision``: one folder with which a technician makes all counters of a unit."""
