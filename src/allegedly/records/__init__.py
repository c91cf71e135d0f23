"""Floor 1: immutable data, standard library only. A record knows its own invariants and nothing else."""
