"""Floor 4: annotators know documents, not each other; they meet in the layers."""
