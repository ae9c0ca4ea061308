"""Benchmarks: each figure is measured beside its best alternative, in the same run."""
