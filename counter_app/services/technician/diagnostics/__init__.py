"""What a technician far away may know of a PC: log, crashes, figures, by allow-list, without any citizen."""
