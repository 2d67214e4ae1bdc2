"""Signing tokens (PKCS#11) and signed PDF files, worked by a child process (``docs/decisions/029``).

``ports`` is what the program sees; ``child`` and what it imports (pyHanko, the vendor's module) never enter
the program's own process.
"""
