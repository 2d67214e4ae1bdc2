"""What prepares, checks and builds the project; no part of the product."""
