"""From the staging tables of the sources to the tables of the atlas."""
