"""The advice on levers, written to text, JSON, HTML and Word."""
