"""Texts to translators and back, in the files that they work in."""
