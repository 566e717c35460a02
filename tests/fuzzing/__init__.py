"""Fuzzing of everything that reads bytes which somebody else has written.

`python -m tests.fuzzing` runs a target, or all in turn; `make fuzz` installs what that takes.
"""
