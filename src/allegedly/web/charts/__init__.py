"""
Charts of the pages: from records to Vega-Lite specs, and from those to SVG.

Each chart is a pure function that gives a :class:`~allegedly.web.charts.base.Chart`;
:mod:`~allegedly.web.charts.svg` draws it on the server and
:mod:`~allegedly.web.charts.bundle` gives the browser what it draws it with.
Nothing here knows HTTP, and nothing asks the network for anything.
"""
