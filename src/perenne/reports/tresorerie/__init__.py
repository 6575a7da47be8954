"""The treasury for its readers: the forms to fill in, the curve, the answer in text, HTML, PDF, Excel and
JSON."""
