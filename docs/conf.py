"""Sphinx: MyST pages, Furo, nothing fetched from the network while building."""

import allegedly

project = "allegedly"
author = "The allegedly authors"
copyright = "2026, The allegedly authors"
version = release = allegedly.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.doctest"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]

autodoc_member_order = "bysource"
autodoc_typehints = "description"
napoleon_custom_sections = [("Offsets", "notes"), ("Shape", "notes"), ("Unit", "notes")]
nitpicky = False

html_theme = "furo"
html_title = f"allegedly {release}"
html_show_sourcelink = False
