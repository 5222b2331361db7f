"""Text whose lines may be joined again: `format=flowed` (RFC 3676)."""

_SIGNATURE = "-- "


def unflow(text: str, *, delsp: bool) -> str:
    r"""Return a flowed text with its paragraphs on one line each; quote marks stay.

    Args:
        text: with `\n` line ends.
        delsp: True when the space that marks a soft break is not part of the text.
    """
    out: list[str] = []
    paragraph: list[str] = []
    depth_before = -1
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        if paragraph and (depth != depth_before or content == _SIGNATURE):
            out.append(_quoted(depth_before, paragraph))
            paragraph = []
        depth_before = depth
        soft = content.endswith(" ") and content != _SIGNATURE
        paragraph.append(content[:-1] if soft and delsp else content)
        if not soft:
            out.append(_quoted(depth, paragraph))
            paragraph = []
    if paragraph:
        out.append(_quoted(depth_before, paragraph))
    return "\n".join(out)


def _quoted(depth: int, paragraph: list[str]) -> str:
    content = "".join(paragraph)
    return f"{'>' * depth} {content}" if depth else content
