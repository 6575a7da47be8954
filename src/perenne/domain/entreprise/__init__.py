"""The enterprise: the sustainability grid answered by several people, and its economic model.

Answers are kept apart, never averaged, and "no answer" counts for nothing. Money is in integer cents.
"""
