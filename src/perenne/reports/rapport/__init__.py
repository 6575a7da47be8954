"""A report with an answer, sections, figures and tables, written to text, HTML, PDF or Excel."""
