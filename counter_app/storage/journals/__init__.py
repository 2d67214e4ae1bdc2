"""The journals' tables: what is appended, taken in, guarded and judged."""
