"""Recording what was done: the form of a visit, and one made from the data contract for everything else."""
