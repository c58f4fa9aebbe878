"""Small tests of the services."""
