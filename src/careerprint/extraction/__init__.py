"""Finds in a text what a profile needs: structure, facts, what a flyer says."""
