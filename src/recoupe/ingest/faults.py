"""What a parser that is not ours can raise on bytes that its authors did not think of.

A reader turns these into an `InputError` with the input's name, at the one call that it makes into the library; our own
code stays outside, so that its defects are not taken for bad input.
"""

from __future__ import annotations

LIBRARY_FAULTS = (ValueError, TypeError, AttributeError, LookupError, AssertionError, ArithmeticError, RecursionError)
