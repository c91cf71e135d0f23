"""Invented modern reports with ledger annotation: the author's form, its compiler and its validator."""
