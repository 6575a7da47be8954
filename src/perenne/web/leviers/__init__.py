"""The six levers and the sheet of each action."""
