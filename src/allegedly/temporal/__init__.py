"""Time: expressions in, values and days out; knows strings and dates, not documents, and never the wall clock."""
