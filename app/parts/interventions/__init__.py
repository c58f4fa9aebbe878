"""The register of interventions: its table, one intervention with its measures, and the forms that keep it."""
