"""Small pieces that pages share: no SQL, no calculation."""
