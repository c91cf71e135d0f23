"""How packs are made: corpora to examples, training, export; torch lives only here and nothing here ships."""
