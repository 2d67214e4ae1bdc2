"""What the province asks back ("Tỉnh hỏi lại") and the three exits of each question (``ux.md`` 3.3)."""
