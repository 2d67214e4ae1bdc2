"""The Windows setup program, made on Linux: ``python -m installers.windows.build``."""
