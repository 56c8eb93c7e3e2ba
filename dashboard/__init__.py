"""Pages that show the verdicts; reads the published warehouse and nothing else."""
