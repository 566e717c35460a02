"""Reads a text brought in, whatever file it stands in, into paragraphs."""
