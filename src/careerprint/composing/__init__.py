"""Merges profile, layout, locale and fair into jobs: plain data that are whole in themselves."""
