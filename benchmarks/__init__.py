"""Benchmark programs: they score the current code on development data and print the peers beside it."""
