"""Pages whatever the line breaks of their templates."""


def flat(html: str) -> str:
    """One space for any white space as in a browser, and none between or at the end of tags."""
    return " ".join(html.split()).replace(" >", ">").replace("> <", "><")
