"""PDFs: lines joined to paragraphs, what is left out of them, and files that are damaged or made to harm."""

import datetime
import time
import zlib
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markets.errors import Unreadable
from markets.importing.documents import Document, Kind
from markets.importing.reading import limits, pdfs, read_stream


@dataclass(frozen=True)
class Drawn:
    """A text at a place of a page, in points from the lower left."""

    text: str
    left: int
    bottom: int
    size: int = 10

    def __str__(self) -> str:
        shown = self.text.replace("(", r"\(").replace(")", r"\)")
        return f"BT /F1 {self.size} Tf {self.left} {self.bottom} Td ({shown}) Tj ET\n"


def pdf(*pages: list[Drawn], about: str = "", trailer: str = "", extra: list[bytes] | None = None) -> bytes:
    """Return a PDF whose pages have texts in Helvetica."""
    streams = ["".join(map(str, page)).encode("latin-1") for page in pages]
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {about} >>".encode(),
    ]
    for number, stream in enumerate(streams):
        page = f"/Type /Page /Parent 2 0 R /MediaBox [0 0 900 800] /Contents {6 + 2 * number} 0 R"
        objects.append(f"<< {page} /Resources << /Font << /F1 3 0 R >> >> >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return assembled([*objects, *(extra or [])], trailer)


def assembled(objects: list[bytes], trailer: str = "") -> bytes:
    content = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    head = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n"
    end = f"<< /Size {size} /Root 1 0 R /Info 4 0 R {trailer} >>\n"
    return content + head.encode() + end.encode() + f"startxref\n{len(content)}\n%%EOF".encode()


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


PARAGRAPH = [
    "The kettle market of Norway was worth NOK 420 million in the year 2022, and it",
    "should reach NOK 510 million by 2028. Most of the kettles are bought by house-",
    "holds, and the others by offices. Steel kettles hold a share of 35% of what was",
    "sold, and glass has the rest.",
]


def paragraph(top: int, left: int = 50) -> list[Drawn]:
    return [Drawn(line, left, top - 12 * number) for number, line in enumerate(PARAGRAPH)]


JOINED = " ".join(PARAGRAPH).replace("house- holds", "households")


def test_lines_become_headings_paragraphs_items_and_rows() -> None:
    page = [
        Drawn("Kettles in Norway", 50, 750, 18),
        *paragraph(720),
        *paragraph(660),
        Drawn("- Steel", 50, 600),
        Drawn("- Glass", 50, 588),
        Drawn("Year", 50, 560),
        Drawn("NOK million", 150, 560),
        Drawn("2022", 50, 548),
        Drawn("420", 150, 548),
        Drawn("Acme Inc.", 50, 520),
        Drawn("Beta Co., Ltd.", 50, 508),
    ]
    document = read_stream(pdf(page), "kettles.pdf")
    assert [(block.kind, block.text) for block in document.blocks] == [
        (Kind.HEADING, "Kettles in Norway"),
        (Kind.PARAGRAPH, JOINED),
        (Kind.PARAGRAPH, JOINED),
        (Kind.ITEM, "Steel"),
        (Kind.ITEM, "Glass"),
        (Kind.ROW, "Year | NOK million"),
        (Kind.ROW, "2022 | 420"),
        (Kind.PARAGRAPH, "Acme Inc."),
        (Kind.PARAGRAPH, "Beta Co., Ltd."),
    ]
    assert document.blocks[6].cells == ("2022", "420")


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    lines = [*paragraph(720), *paragraph(660)]
    page = [*lines, *paragraph(600)[:2], *(replace(line, left=450, bottom=720) for line in paragraph(0)[2:3])]
    page += [replace(line, left=450, bottom=708) for line in paragraph(0)[3:]]
    page += [replace(line, left=450) for line in [*paragraph(680), *paragraph(620)]]
    assert texts(read_stream(pdf(page), "kettles.pdf")) == [JOINED] * 5
    below = [*paragraph(400), *(replace(line, bottom=line.bottom - 600) for line in paragraph(720)[:3])]
    assert texts(read_stream(pdf(below, [Drawn(PARAGRAPH[3], 50, 740)]), "kettles.pdf")) == [JOINED] * 2


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            Drawn("Acme Research - Kettles", 50, 780),
            *paragraph(720 - number),
            Drawn(f"Page {number} of 3", 280, 20),
        ]
        for number in (1, 2, 3)
    ]
    assert texts(read_stream(pdf(*pages), "kettles.pdf")) == [JOINED] * 3


def test_what_a_pdf_says_about_itself() -> None:
    about = "/Title (Kettles in Norway) /Author (Ann Lee) /CreationDate (D:20240305120000Z)"
    document = read_stream(pdf(paragraph(720), about=about), "kettles.pdf")
    assert (document.title, document.author) == ("Kettles in Norway", "Ann Lee")
    assert document.date == datetime.date(2024, 3, 5) and not document.remarks
    assert read_stream(pdf(paragraph(720), about="/Title (Book1.xlsx)"), "kettles.pdf").title == ""


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_stream(content, "kettles.pdf")
    return str(caught.value)


def test_a_pdf_of_pictures() -> None:
    assert refusal(pdf([], [])).startswith("This PDF has no text, only pictures.")
    document = read_stream(pdf(paragraph(720), []), "kettles.pdf")
    assert document.remarks == ("Pages without text, perhaps pictures: 1.",)


def test_a_pdf_that_asks_for_a_password() -> None:
    lock = f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{'ab' * 32}> /U <{'cd' * 32}> >>"
    content = pdf(paragraph(720), trailer=f"{lock} /ID [<{'ef' * 16}> <{'ef' * 16}>]")
    assert refusal(content).startswith("The PDF asks for a password.")


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(range(256)) * 20, pdf(paragraph(720))[:300]]
)
def test_a_damaged_pdf(content: bytes) -> None:
    assert refusal(content).startswith("The PDF is damaged")


def test_many_pages_are_cut_and_that_is_said() -> None:
    document = read_stream(
        pdf(*([Drawn(f"Kettle {'x' * (number % 97)}", 50, 400)] for number in range(limits.PAGES + 1))),
        "kettles.pdf",
    )
    assert document.remarks == ("Only the first 300 pages were read.",)


def test_a_pdf_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "SECONDS", 0.001)
    assert refusal(pdf(paragraph(720))).startswith("The PDF takes more than 0 seconds to read.")


def test_the_library_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert refusal(pdf(paragraph(720))) == "Reading PDF needs pypdfium2: pip install pypdfium2."


def bomb() -> bytes:
    """A page of 100 MB in 100 kB."""
    packed = zlib.compress(b"BT /F1 9 Tf (kettles and kettles) Tj ET\n" * 2_500_000, 9)
    page = b"/Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 6 0 R"
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< >>",
            b"<< %s /Resources << /Font << /F1 3 0 R >> >> >>" % page,
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
        ]
    )


LOOP = assembled(
    [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>",
        b"3 0 R",
        b"<< >>",
    ]
)


@pytest.mark.parametrize("content", [bomb(), LOOP], ids=["bomb", "loop"])
def test_pdfs_made_to_harm_take_bounded_time(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "SECONDS", 5.0)
    began = time.perf_counter()
    try:
        assert read_stream(content, "kettles.pdf").blocks
    except Unreadable as error:
        assert str(error).endswith(".")
    assert time.perf_counter() - began < 15


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=20))
def test_any_damage_is_a_document_or_refused(place: int, damage: bytes) -> None:
    content = bytearray(pdf(paragraph(720), paragraph(600)))
    content[9 + place : 9 + place + len(damage)] = damage
    try:
        assert read_stream(bytes(content), "kettles.pdf").blocks
    except Unreadable as error:
        assert str(error).endswith(".")
