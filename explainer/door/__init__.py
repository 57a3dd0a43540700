"""The door: what a browser may send to the server, and what becomes of everything else."""
