"""Parts that every installer shares: the application as one stored zip, the list of parts."""
