"""The Debian packages of the counter and of the hub: ``python -m installers.debian.build``."""
