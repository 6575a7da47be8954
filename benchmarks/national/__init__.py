"""National files of the true size and mess, made up from a seed, and what is measured on them."""
