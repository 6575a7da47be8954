"""Kernels: pure computations on values and arrays, without any engine."""
