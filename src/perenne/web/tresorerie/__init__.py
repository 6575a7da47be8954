"""The treasury plan of a file: its lines, what it says, what each lever changes."""
