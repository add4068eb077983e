"""Benchmarks: ``python -m tests.bench`` prints each figure as a ratio to a bare limit measured in the same run."""
