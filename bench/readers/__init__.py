"""Readers of gold corpora: one file per format, records out, nothing of the corpora kept."""
