"""The text of a profile: read, translated, phrased, set by rule."""
