"""Decorators as calls: mutmut leaves decorated functions alone, and a fifth of the code is decorated."""

import ast

_AS_THEY_ARE = ("staticmethod", "classmethod", "overload", "abstractmethod", "override")


def unfolded(source: str) -> str:
    """Return a module in which each decorated function is a plain one, decorated in the line below it.

    A function called `_` gets a name of its own: all of them would share one name's mutants.

    >>> print(unfolded("@property\\ndef size(self):\\n    return 1\\n"), end="")
    <BLANKLINE>
    def size(self):
        return 1
    size = property(size)
    """
    lines = source.splitlines()
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    for node in sorted(functions, key=lambda node: node.lineno, reverse=True):
        decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
        if decorators and not any(name.endswith(_AS_THEY_ARE) for name in decorators):
            _unfold(lines, node, decorators)
    return "\n".join(lines) + "\n"


def _unfold(lines: list[str], node: ast.FunctionDef, decorators: list[str]) -> None:
    """Change the lines of a function. Those before it stay where they are."""
    assert node.end_lineno is not None
    name = node.name if node.name != "_" else f"_of_line_{node.lineno}"
    call = name
    for decorator in reversed(decorators):
        call = f"{decorator}({call})"
    lines.insert(node.end_lineno, f"{' ' * node.col_offset}{name} = {call}")
    lines[node.lineno - 1] = lines[node.lineno - 1].replace(f"def {node.name}(", f"def {name}(", 1)
    for place in range(node.decorator_list[0].lineno - 1, node.lineno - 1):
        lines[place] = ""
