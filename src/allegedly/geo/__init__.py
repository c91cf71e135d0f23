"""Places: the gazetteer, and names made comparable."""
