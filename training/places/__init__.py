"""Fits the weights of places: the ranker, its confidence, and the readings of names. Numpy only; seconds."""
