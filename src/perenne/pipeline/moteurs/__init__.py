"""The engines of the heavy part: the same operations on one machine and on a cluster."""
