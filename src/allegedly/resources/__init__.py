"""Floor 2: the files inside the package, verified before anything uses them."""
