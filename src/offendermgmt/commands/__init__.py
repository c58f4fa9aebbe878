"""What each command does; `offendermgmt.cli` only names them."""
