"""Measures of accuracy and speed: `make bench`.  Nothing here is part of the installed package."""
