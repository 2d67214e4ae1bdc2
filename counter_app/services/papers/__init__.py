"""Papers on their way to printers: stored with the act that wants them, printed after its commit."""
