"""Rasid turns reports on an armed conflict into a record that can be defended."""

__version__ = "0.1.0"
