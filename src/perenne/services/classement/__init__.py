"""Classify structures by activity, measure it, learn the weights, show an activity."""
