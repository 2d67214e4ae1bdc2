"""One module a paper: a frozen input model that knows no database, and ``render(data) -> bytes``."""
