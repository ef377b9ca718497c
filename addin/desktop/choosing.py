"""A choice from any number of texts, with prompts short enough for Excel's InputBox."""

from collections.abc import Sequence
from typing import Any, Final

_LONGEST_PROMPT: Final = 255
_LONGEST_ECHO: Final = 30
_TEXT: Final = 2
_MORE: Final = "+"


def choose(app: Any, title: str, question: str, options: Sequence[str]) -> str | None:
    """Let the user choose one of several texts; return None if the user cancels.

    The user types a number from the list, or words to search for. A single match is chosen at once.
    Long lists are shown page by page.
    """
    found, first, note = options, 0, ""
    while True:
        prompt, after = _page(f"{note}{question}", found, first)
        answer = app.InputBox(prompt, title, str(first + 1), Type=_TEXT)
        if answer is False:
            return None
        asked = str(answer).strip()
        note = ""
        if asked.isdecimal() and 0 < int(asked) <= len(found):
            return found[int(asked) - 1]
        if asked == _MORE:
            first = after % len(found)
            continue
        matches = _matches(options, asked)
        if len(matches) == 1:
            return matches[0]
        if not matches:
            note = f'No match for "{_shortened(asked, _LONGEST_ECHO)}". '
        found, first = matches or options, 0


def _matches(options: Sequence[str], asked: str) -> Sequence[str]:
    """The option with exactly that name, or all options with each of the words, in any case."""
    wanted = asked.casefold()
    same = [option for option in options if option.casefold() == wanted]
    words = wanted.split()
    return same[:1] or [option for option in options if all(word in option.casefold() for word in words)]


def _page(question: str, options: Sequence[str], first: int) -> tuple[str, int]:
    """Return a prompt with the options from `first` on that fit, at least one, and the end position."""
    count, prompt = len(options), ""
    for last in range(first + 1, count + 1):
        shown = [f"{at + 1}  {options[at]}" for at in range(first, last)]
        longer = "\n".join([_head(question, first, last, count), "", *shown])
        if _length(longer) > _LONGEST_PROMPT:
            break
        prompt = longer
    else:
        return prompt, count
    if prompt:
        return prompt, last - 1
    head = _head(question, first, first + 1, count) + f"\n\n{first + 1}  "
    return head + _shortened(options[first], _LONGEST_PROMPT - _length(head)), first + 1


def _head(question: str, first: int, last: int, count: int) -> str:
    if first == 0 and last == count:
        return question
    return f"{question}\n{first + 1}-{last} of {count}. Type words to search, or {_MORE} for more."


def _shortened(text: str, length: int) -> str:
    """Cut the middle, because long names usually differ at the start or the end."""
    if _length(text) <= length:
        return text
    half = (length - 1) // 2
    start, end = text[:half], text[-half:]
    while _length(start) > half:
        start = start[:-1]
    while _length(end) > half:
        end = end[1:]
    return f"{start}…{end}"


def _length(text: str) -> int:
    """Excel counts in UTF-16: a character beyond the first 65,536 counts as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
