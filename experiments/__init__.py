"""Which runs are made: designs, sweeps and studies, and the folders that hold their results."""
