"""Files and streams of plain text, and those that are no text."""

import io
import subprocess
import sys
import textwrap
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markets.errors import Unreadable
from markets.importing.documents import Block, Document, Kind
from markets.importing.reading import limits, read_document, read_stream

SENTENCE = (
    "The kettle market of Norway was worth NOK 420 million in 2022, and should reach NOK 510 million by 2028."
)


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def read(text: str) -> Document:
    return read_stream(text.encode(), "-")


def refusal(content: bytes, name: str = "report.txt") -> str:
    with pytest.raises(Unreadable) as caught:
        read_stream(content, name)
    return str(caught.value)


def test_a_line_is_a_paragraph_and_the_first_is_the_title() -> None:
    document = read(f"Kettles in Norway\n\n{SENTENCE}\r\nAcme Co., Ltd.\rBeta Inc.\n")
    assert texts(document) == ["Kettles in Norway", SENTENCE, "Acme Co., Ltd.", "Beta Inc."]
    assert {block.kind for block in document.blocks} == {Kind.PARAGRAPH}
    assert document.title == "Kettles in Norway" and document.name == "-" and not document.remarks


@pytest.mark.parametrize(
    "first", [SENTENCE, "Summary", "Kettles of Norway,", "- Kettles of Norway", "word " * 60]
)
def test_a_first_line_that_is_no_title(first: str) -> None:
    assert read(f"{first}\n\n{SENTENCE}").title == ""


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("- Steel kettles", Block("Steel kettles", Kind.ITEM)),
        ("* Steel kettles", Block("Steel kettles", Kind.ITEM)),
        ("•\tSteel kettles", Block("Steel kettles", Kind.ITEM)),
        ("12. Steel kettles", Block("Steel kettles", Kind.ITEM)),
        ("a) Steel kettles", Block("Steel kettles", Kind.ITEM)),
        ("## By type ##", Block("By type", Kind.HEADING)),
        ("Steel\t35%\t2022", Block("Steel | 35% | 2022", Kind.ROW, 0, ("Steel", "35%", "2022"))),
        ("| Steel | 35% |", Block("Steel | 35%", Kind.ROW, 0, ("Steel", "35%"))),
        ("1.5 litres", Block("1.5 litres")),
        ("-0.4% a year", Block("-0.4% a year")),
        ("2022. A year", Block("2022. A year")),
        ("#1 of all kettles", Block("#1 of all kettles")),
        ("or more", Block("or more")),
        ("Steel \u00a0  kettles\u200b", Block("Steel kettles")),
    ],
)
def test_marks(line: str, block: Block) -> None:
    assert read(line).blocks == (block,)


def test_indents_are_depths() -> None:
    document = read("By type\n    Steel\n\tGlass\n        Borosilicate\n  By region\nEnd of list")
    assert [block.depth for block in document.blocks] == [0, 1, 1, 2, 1, 0]
    assert [block.depth for block in read("- A\n  - B\n    - C\n- D").blocks] == [0, 1, 2, 0]


def test_rules_are_no_paragraphs() -> None:
    assert texts(read("A text\n------\n\n* * *\n| --- | --- |\nof two lines")) == ["A text", "of two lines"]


WRAPPED = """\
Kettles in Norway

The kettle market of Norway was worth NOK 420 million in 2022, and it
should reach NOK 510 million by 2028. Steel kettles hold a share of 35%,
while glass kettles and all the others have the rest.

Players:
Acme Co., Ltd.
Beta Inc.
- A long item about kettles that are made of steel, and that goes on to
  the next line
- A short one
"""


def test_wrapped_lines_are_joined() -> None:
    assert texts(read(WRAPPED)) == [
        "Kettles in Norway",
        "The kettle market of Norway was worth NOK 420 million in 2022, and it should reach NOK 510 million "
        "by 2028. Steel kettles hold a share of 35%, while glass kettles and all the others have the rest.",
        "Players:",
        "Acme Co., Ltd.",
        "Beta Inc.",
        "A long item about kettles that are made of steel, and that goes on to the next line",
        "A short one",
    ]


@given(
    st.lists(st.sampled_from(["kettle", "market", "worth", "a", "of", "steel", "35%", "Norway"]), min_size=40)
)
def test_any_wrapped_paragraph_is_joined(words: list[str]) -> None:
    paragraph = " ".join(words)
    lines = textwrap.wrap(paragraph, 72)
    document = read("\n".join([*lines, "", *lines]))
    assert texts(document) == [paragraph, paragraph]


def test_a_list_of_names_is_not_joined() -> None:
    names = [
        "Acme Kettles and Household Goods of Norway Co., Ltd.",
        "Beta Inc.",
        "Gamma",
        "Delta",
        "Epsilon GmbH",
    ]
    assert texts(read("\n".join(names))) == names


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "text", ["£5 – “kettles”", "سوق الغلايات بقيمة 420 مليون", "水壶市场 4.2 亿元", "Рынок чайников"]
)
def test_encodings(encoding: str, text: str) -> None:
    document = read_stream(text.encode(encoding), "report.txt")
    assert texts(document) == [text] and not document.remarks


def test_windows_1252_is_remarked() -> None:
    document = read_stream("A market of £5 bn – “kettles”".encode("windows-1252"), "report.txt")
    assert texts(document) == ["A market of £5 bn – “kettles”"]
    assert document.remarks == ("The file is no UTF-8 text; it was read as windows-1252.",)


@pytest.mark.parametrize("encoding", ["windows-1251", "shift_jis"])
def test_other_encodings_are_refused(encoding: str) -> None:
    text = {"windows-1251": "Рынок чайников", "shift_jis": "水の市場"}[encoding] * 20
    assert refusal(text.encode(encoding)).endswith("Save the file as UTF-8 text, and import it again.")


def test_a_character_that_is_cut_at_the_end() -> None:
    document = read_stream("A market worth 5 €".encode()[:-1], "report.txt")
    assert texts(document) == ["A market worth 5 \ufffd"]
    assert document.remarks == ("Characters that could not be read: 1, shown as \ufffd.",)


@pytest.mark.parametrize("content", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00" * 100])
def test_empty(content: bytes) -> None:
    assert refusal(content) == "The file is empty."


def test_only_rules() -> None:
    assert refusal(b"-----\n*****") == "The file has no text."


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "beginning"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "It is a picture (PNG)."),
        (b"\xff\xd8\xff\xe0" + bytes(50), "It is a picture (JPEG)."),
        (b"RIFF\x00\x01\x00\x00WEBPVP8 ", "It is a picture (WebP)."),
        (archive("a.txt"), "It is an archive (zip)."),
        (b"PK\x03\x04 and no more", "It is an archive (zip)."),
        (archive("[Content_Types].xml", "word/document.xml"), "It is a Word document."),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "It is an Excel workbook"),
        (archive("mimetype", "META-INF/manifest.xml"), "It is an e-book or an OpenDocument file."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "It is a document of an old Office version"),
        (rb"{\rtf1\ansi A market}", "It is an RTF document."),
        (b"\x7fELF" + bytes(range(200)), "It is no text."),
        (b"A text\x00with a NUL", "It is no text."),
    ],
)
def test_what_is_no_text_is_told(content: bytes, beginning: str) -> None:
    assert refusal(content).startswith(beginning)


def test_a_folder_and_no_file(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="is a folder"):
        read_document(tmp_path)
    with pytest.raises(Unreadable, match="No file is called"):
        read_document(tmp_path / "report.txt")
    with pytest.raises(Unreadable, match="cannot be opened"):
        read_document(tmp_path / "\0")


def test_a_file(tmp_path: Path) -> None:
    file = tmp_path / "kettles.txt"
    file.write_text(SENTENCE, encoding="utf-8")
    document = read_document(file)
    assert document.name == "kettles.txt" and texts(document) == [SENTENCE]


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as opened:
        opened.truncate(61_000_000)
    with pytest.raises(Unreadable) as caught:
        read_document(file)
    assert str(caught.value) == "The file has 61 MB; at most 50 MB are read."


def test_a_stream_that_is_too_large() -> None:
    assert refusal(bytes(limits.BYTES + 1)) == "The file has more than 50 MB; at most 50 MB are read."


def test_a_long_text_is_cut_and_that_is_said() -> None:
    document = read("kettle\n" * 400_000)
    assert sum(len(block.text) + 1 for block in document.blocks) <= limits.CHARACTERS + 1
    assert document.remarks == ("Only the first 2,000,000 characters were read.",)


def test_a_long_line_becomes_several_paragraphs() -> None:
    document = read("kettle " * 10_000)
    assert max(map(len, texts(document))) <= limits.LINE
    assert " ".join(texts(document)) == ("kettle " * 10_000).strip()


HOSTILE = st.one_of(
    st.binary(max_size=2000),
    st.text(max_size=500).map(lambda text: text.encode(errors="ignore")),
    st.tuples(
        st.sampled_from([b"%PDF-1.7\n", b"<html>", b"MIME-Version: 1.0\n", b"PK\x03\x04"]), st.binary()
    ).map(b"".join),
)


@settings(deadline=1000)
@given(HOSTILE, st.sampled_from(["-", "report.txt", "report.html", "report.pdf", "report.mht"]))
def test_any_bytes_are_a_document_or_refused_with_a_sentence(content: bytes, name: str) -> None:
    try:
        assert read_stream(content, name).blocks
    except Unreadable as error:
        assert str(error).endswith(".")


@pytest.mark.parametrize("unit", ["#", "# ", "- ", "| ", "a\t", "\n", " \n", "\t\n a", "1.", "(", "-\u00a0"])
def test_long_runs_take_no_longer(unit: str) -> None:
    content = (unit * 1_000_000)[:1_900_000].encode() + b"a b"
    began = time.perf_counter()
    read_stream(content, "-")
    assert time.perf_counter() - began < 60


def test_libraries_are_imported_late() -> None:
    code = (
        "import sys, markets.importing.reading; print(sorted({'lxml', 'pypdf', 'email'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_sentence_that_breaks_at_a_long_line_s_end_goes_on() -> None:
    text = (
        "Kettles were sold for USD 5 million in a year when nobody else had sold one, and the maker\n"
        "was surprised. It hoped for more.\nGlass kettles\niron kettles\n"
    )
    blocks = read_stream(text.encode(), "-").blocks
    assert [block.text[-14:] for block in blocks] == [
        "oped for more.",
        "Glass kettles",
        "iron kettles",
    ]
