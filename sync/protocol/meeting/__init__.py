"""What two sides say to each other: exchange, parcels, sealing, pairing, provisioning."""
