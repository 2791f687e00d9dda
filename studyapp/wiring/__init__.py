"""Collection, services and window are put together here and nowhere else."""
