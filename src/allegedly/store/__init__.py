"""The keeper: ledgers in a database, append-only; knows rows, not annotators."""
