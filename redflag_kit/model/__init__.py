"""The authored model: frozen, resolved, with spans; what the files say and nothing else."""
