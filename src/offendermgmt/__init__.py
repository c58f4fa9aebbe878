"""Risk management dashboard for MOSOVO and POLIT units."""
