"""Small tests of one module each."""
