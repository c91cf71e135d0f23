"""What several documents have to do with each other: origins, incidents, who says what about them."""
