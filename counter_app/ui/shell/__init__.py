"""The frame around the screens: rail, top bar, legend, bottom bar, drawer, the one dialog."""
