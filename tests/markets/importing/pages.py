"""Pages made up for tests: one block a line, as plain text is read."""

from markets.importing.documents import Block, Document, Kind


def page(text: str, publisher: str = "") -> Document:
    """A document of the lines of a text; four spaces are one level of depth."""
    lines = [line for line in text.split("\n") if line.strip()]
    blocks = (Block(line.strip(), Kind.PARAGRAPH, (len(line) - len(line.lstrip())) // 4) for line in lines)
    return Document("page.txt", tuple(blocks), publisher=publisher)


def items(lead: str, *lines: str) -> tuple[Block, ...]:
    """The blocks of a heading and the list below it, as a saved page has them."""
    return Block(lead, Kind.HEADING), *(Block(line, Kind.ITEM) for line in lines)


def row(*cells: str) -> Block:
    """A row of a table."""
    return Block(" | ".join(cells), Kind.ROW, 0, cells)
