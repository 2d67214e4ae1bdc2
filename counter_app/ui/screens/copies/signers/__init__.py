"""Who signs a row of signatures or of a transaction, where and before whom: the drawer of F4."""
