"""Exports: claims, incidents, conflicts and annotated texts in the forms that other tools read."""
