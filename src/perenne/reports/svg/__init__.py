"""Figures drawn on the server as SVG: one rendering for the page, the PDF and Word.

Every figure is `LARGEUR` units wide so that its text stays readable on a phone of 360 px and in half the
width of an A4 page; it carries a title and a description, and never says anything by
colour alone.
"""
