"""Pure functions and values: standard library and numpy only, dates are arguments, no input or output."""
