"""Turns a domain result into text, SVG, HTML, PDF, DOCX and XLSX."""
