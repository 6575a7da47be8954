"""Law at a date: a small three-valued expression language, dated values and conditions, and their trees."""
