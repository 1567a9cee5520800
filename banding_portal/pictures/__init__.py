"""Where the parts of pictures lie; templates draw them as SVG, each beside its table.

`scale` is under all of them: `bars` (and the waterfall), `timeline`, and what a room of an app
draws for itself.
"""
