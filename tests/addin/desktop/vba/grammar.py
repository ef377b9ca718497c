"""The grammar of VBA, as Microsoft publishes it in [MS-VBAL]."""

from antlr4 import CommonTokenStream, InputStream
from antlr4.error.ErrorListener import ErrorListener
from antlr4_vba.vbaLexer import vbaLexer
from antlr4_vba.vbaParser import vbaParser

_DOCUMENT_HEAD = 'Attribute VB_Name = "Module"\n'  # Excel writes a document's own when it saves one


class _Errors(ErrorListener):
    def __init__(self) -> None:
        self.found: list[str] = []

    def syntaxError(self, recognizer, symbol, line, column, message, error):  # noqa: N802 - the name is ANTLR's
        self.found.append(f"line {line}, column {column}: {message}")


def syntax_faults(text: str) -> list[str]:
    """Return what is not VBA in a module, nothing where all of it is."""
    if not text.startswith("Attribute"):
        text = _DOCUMENT_HEAD + text
    errors = _Errors()
    lexer = vbaLexer(InputStream(text.replace("\n", "\r\n")))
    parser = vbaParser(CommonTokenStream(lexer))
    for reader in (lexer, parser):
        reader.removeErrorListeners()
        reader.addErrorListener(errors)
    parser.startRule()
    return errors.found
