"""From layers to rows: build the ledger of a document, check it, write and read it as JSON."""
