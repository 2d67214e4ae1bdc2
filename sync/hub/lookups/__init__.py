"""National systems asked for the units: queue, log of reads, standing of each system, answers as entries."""
