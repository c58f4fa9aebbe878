"""Small tests of the domain."""
