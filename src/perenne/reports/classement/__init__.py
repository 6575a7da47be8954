"""Pages about the activities and how they are recognised."""
