"""The rules as pure functions over frames: no clock, no file, no setting, no framework."""
