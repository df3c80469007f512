"""The desk: Forethought's own pages, served from this device to its own browser and to nobody else."""
