"""Show a ledger to people: as a table, as an annotated page, row by row. Verbatim text and fixed labels only."""
