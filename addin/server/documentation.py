"""The page at /docs: the API from its OpenAPI document, with nothing from another server."""

from html import escape
from typing import Any

from litestar import Request
from litestar.openapi.plugins import OpenAPIRenderPlugin

_METHODS = ("get", "post", "put", "delete")


class Documentation(OpenAPIRenderPlugin):
    """One page of HTML without a script."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Return the page. A dependency of the framework calls it."""
        title = escape(openapi_schema["info"]["title"])
        parts = [
            f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>{title}: API</title>',
            f"<h1>{title}: API</h1>",
            '<p>The same as <a href="/docs/openapi.json">OpenAPI (JSON)</a>.</p>',
        ]
        for path, item in sorted(openapi_schema["paths"].items()):
            parts += [_operation(path, method, item[method]) for method in _METHODS if item.get(method)]
        schemas = openapi_schema.get("components", {}).get("schemas", {})
        parts.append("<h2>Types</h2>")
        parts += [_schema(name, schema) for name, schema in sorted(schemas.items())]
        return "\n".join(parts).encode()


def _operation(path: str, method: str, said: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{escape(each['name'])}</td><td>{escape(each['in'])}</td>"
        f"<td>{'required' if each.get('required') else ''}</td><td>{_type(each.get('schema', {}))}</td></tr>"
        for each in said.get("parameters") or ()
    )
    body = "".join(
        f"<p>Body: {escape(kind)}, {_type(content.get('schema', {}))}</p>"
        for kind, content in ((said.get("requestBody") or {}).get("content") or {}).items()
    )
    answers = "".join(
        f"<li>{escape(status)}: {escape(answer.get('description', ''))} {_answered(answer)}</li>"
        for status, answer in sorted((said.get("responses") or {}).items())
    )
    return (
        f"<section><h2><code>{method.upper()} {escape(path)}</code></h2>"
        f"<p>{escape(said.get('description') or said.get('summary') or '')}</p>"
        f"{f'<table>{rows}</table>' if rows else ''}{body}<ul>{answers}</ul></section>"
    )


def _answered(answer: dict[str, Any]) -> str:
    return ", ".join(_type(content.get("schema", {})) for content in (answer.get("content") or {}).values())


def _schema(name: str, schema: dict[str, Any]) -> str:
    required = set(schema.get("required") or ())
    rows = "".join(
        f"<tr><td>{escape(field)}</td><td>{_type(kind)}</td>"
        f"<td>{'required' if field in required else ''}</td></tr>"
        for field, kind in (schema.get("properties") or {}).items()
    )
    return f'<h3 id="{escape(name)}">{escape(name)}</h3><table>{rows}</table>'


def _type(schema: dict[str, Any]) -> str:
    """A type in words, with a link to its fields."""
    if target := schema.get("$ref"):
        name = escape(target.rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items') or {})}"
    either = schema.get("oneOf") or schema.get("anyOf")
    if either:
        return " or ".join(map(_type, either))
    if schema.get("enum"):
        return escape(", ".join(map(str, schema["enum"])))
    kinds = schema.get("type", "anything")
    return escape(" or ".join(kinds) if isinstance(kinds, list) else str(kinds))
