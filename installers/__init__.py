"""What makes the product installable: application zip and runtime, Windows setup, Debian packages."""
