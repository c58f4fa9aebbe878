"""From extract to facts: contract models, reading, refusing, storing."""
