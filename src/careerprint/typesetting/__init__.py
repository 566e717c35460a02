"""Turns a job into pages that fit, and these into a PDF; opens no file."""
