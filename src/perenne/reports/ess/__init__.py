"""The sheet of an enterprise of the atlas."""
