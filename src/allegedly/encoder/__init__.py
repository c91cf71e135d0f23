"""Floor 3: the encoder. Texts become word pieces, windows and one array of head outputs per document."""
