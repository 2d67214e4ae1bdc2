"""The province's pages: rendered here, without scripts, for phone and desktop, in Vietnamese and English."""
