"""Reads finished PDFs, whoever made them, into plain data."""
