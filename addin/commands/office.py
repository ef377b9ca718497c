"""Commands for Excel on a Mac, on the web and on Windows through Office.js: serve and side-load the add-in.

What needs the server's packages is imported by the command that needs it.
"""

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from addin.commands.failures import Failed, Misused, refuse_output

if TYPE_CHECKING:
    from addin.web.certificates import Kept
    from addin.web.trusting import System

_NEEDS_SERVER = (
    "The add-in needs packages that are not installed. In the folder of Marketbook, run "
    "'pipx install --force \".[server]\"'."
)
_UPLOAD = """\
In Excel on the web:
  1. Open a workbook. On the Home tab, click Add-ins, then More Add-ins.
  2. Click My Add-ins, then Manage My Add-ins, then Upload My Add-in.
  3. Choose the file {path}, and click Upload.
The Marketbook tab appears."""
_ALLOW = """\
Chrome and Edge ask whether Excel's page may connect to this computer: click Allow."""
_TEAM = """\
For everyone in your company, an administrator does this once, in the Microsoft 365 admin center:
  1. Open Settings, Integrated apps, Upload custom apps.
  2. As app type choose Office Add-in, then Provide link to manifest file: {server}/excel/manifest.xml
  3. Say who gets it. It can take a day until everyone has it."""
_NO_EXCEL_FOR_MAC = """\
Excel for Mac was never started here. If you have it, start it once, and enter this command again."""
_NO_HTTPS = """\
This address begins with http: but Excel loads add-ins over https only. Put the server behind a proxy that \
has a certificate. To try the add-in on this computer, use 'marketbook excel serve'."""
_TAKE_OFF = """\
In desktop Excel, it is gone once you have quit and started Excel.
In Excel on the web, click Add-ins on the Home tab, then the three dots beside Marketbook, then Remove. \
If it is not there, delete the data of Excel's pages in the browser's settings."""

_USUAL_PORT = 3443

_Port = Annotated[
    int | None,
    typer.Option(min=1, max=65535, help=f"Port of 'marketbook excel serve', if not {_USUAL_PORT}."),
]
_Server = Annotated[
    str, typer.Option(help="Address of a team's server, instead of the one on this computer.")
]


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen at.")] = _USUAL_PORT,
) -> None:
    """Run the add-in's server on this computer, for you alone. Stop it with Ctrl+C."""
    try:
        from addin.web import own
        from addin.web.sideloading import own_folder
    except ImportError as error:
        raise Failed(_NEEDS_SERVER) from error
    kept = _certificate()
    if kept.is_new:
        _explain(kept)
    else:
        typer.echo("How to trust the certificate, or no longer: 'marketbook excel certificate'.")

    def started() -> None:
        typer.echo(
            f"The add-in is at {own.address_at(port)}. Leave this window open; Ctrl+C stops the server."
        )
        typer.echo(
            "To see whether a browser trusts the certificate, open "
            f"{own.address_at(port)}/excel/help.html in it."
        )
        typer.echo(f"How to open it in Excel: enter '{_sideload_at(port)}' in another window.")

    own.run(port, own.key(own_folder()), kept.certificate, kept.certificate, started)


def sideload(
    server: _Server = "",
    port: _Port = None,
    remove: Annotated[bool, typer.Option("--remove", help="Undo it, for every port.")] = False,
) -> None:
    """Add the add-in to Excel of this user, and say each step that is left."""
    address = _address(server, port)
    if remove:
        _remove(address, is_named=bool(server or port))
        return
    manifest = _manifest(server, port)
    from addin.web import sideloading

    if sideloading.sideload(manifest):
        typer.echo(_in_desktop_excel())
    elif sys.platform == "darwin":
        typer.echo(_NO_EXCEL_FOR_MAC)
    path = sideloading.web_file(address)
    sideloading.keep(manifest, path)
    typer.echo(_UPLOAD.format(path=path))
    typer.echo(_TEAM.format(server=address) if server else _ALLOW)


def write_manifest(
    out: Annotated[Path, typer.Argument(help="The .xml file to write.")],
    server: _Server = "",
    port: _Port = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Write the add-in's manifest, the file by which Excel finds it."""
    if out.suffix.lower() != ".xml":
        raise Misused(f"The name of the manifest must end in .xml: {out.name}")
    refuse_output(out, force=force)
    content = _manifest(server, port)
    from addin.web.sideloading import keep

    keep(content, out)
    typer.echo(f"Wrote {out.resolve()}")
    if not server:
        typer.echo("It has the key of your own server. Give it to nobody.")


def certificate(
    remove: Annotated[
        bool, typer.Option("--remove", help="Delete it, and say how to end the trust.")
    ] = False,
) -> None:
    """Say what the certificate of the server on this computer is, and how to trust it."""
    if not remove:
        _explain(_certificate())
        return
    found = _found_certificate()  # none if it is damaged
    from addin.web.certificates import forget_certificate
    from addin.web.sideloading import own_folder
    from addin.web.trusting import how_to_end_trust

    had = forget_certificate(own_folder())
    typer.echo("Deleted the certificate and its key." if had else "There is no certificate here.")
    if found is not None:
        typer.echo("\n".join(how_to_end_trust(found, _system())))


def _certificate() -> "Kept":
    try:
        from addin.web.certificates import kept_certificate
        from addin.web.sideloading import own_folder
    except ImportError as error:
        raise Failed(_NEEDS_SERVER) from error
    return kept_certificate(own_folder(), datetime.datetime.now(datetime.UTC))


def _found_certificate() -> "Kept | None":
    try:
        from addin.web.certificates import found_certificate
        from addin.web.sideloading import own_folder
    except ImportError as error:
        raise Failed(_NEEDS_SERVER) from error
    return found_certificate(own_folder())


def _explain(kept: "Kept") -> None:
    from addin.web.trusting import explanation, how_to_end_trust, how_to_trust

    typer.echo(explanation(kept))
    for steps in (how_to_trust(kept, _system()), how_to_end_trust(kept, _system())):
        typer.echo("\n" + "\n".join(steps))
    typer.echo()


def _address(server: str, port: int | None) -> str:
    if server and port:
        raise Misused("Use --server or --port, not both. A team's server has its port in its address")
    try:
        from addin.web.own import address_at
    except ImportError as error:
        raise Failed(_NEEDS_SERVER) from error
    from markets.catalogs.places import server_url

    return server_url(server) if server else address_at(port or _USUAL_PORT)


def _manifest(server: str, port: int | None) -> bytes:
    """Return the manifest of a team's server as it is there, or that of this computer's, with the key."""
    address = _address(server, port)
    from addin.web import own, sideloading
    from addin.web.fetching import fetched
    from addin.web.manifest import identifier, manifest

    if not server:
        return manifest(address, own.key(sideloading.own_folder()))
    content = fetched(address)
    if sideloading.identifier_in(content) != identifier(address):
        public = sideloading.address_in(content)
        raise Failed(f"The server at {address} has another address for people. Use --server {public}.")
    if address.startswith("http:"):
        typer.echo(_NO_HTTPS, err=True)
    return content


def _remove(address: str, *, is_named: bool) -> None:
    """Remove the add-in of a server: if none is named, of every one that this computer had for one person."""
    from addin.web import sideloading
    from addin.web.manifest import identifier
    from addin.web.own import is_own

    there = sideloading.sideloaded()
    wanted = {address} if is_named else {address} | set(filter(is_own, there))
    ids = {each: there.get(each) or identifier(each) for each in sorted(wanted)}
    removed = [each for each in ids if sideloading.remove(ids[each], each)]
    for each in removed:
        typer.echo(f"Removed the add-in of {each}.")
    if not removed:
        typer.echo(f"The add-in of {address if is_named else 'this computer'} is not side-loaded here.")
        for each in sorted(there.keys() - wanted):
            typer.echo(f"That of {each} is. To remove it, add --server {each}.")
    typer.echo(_TAKE_OFF)


def _sideload_at(port: int) -> str:
    """Return the command that adds the server at a port, as a user types it."""
    return "marketbook excel sideload" + ("" if port == _USUAL_PORT else f" --port {port}")


def _in_desktop_excel() -> str:
    if sys.platform == "darwin":
        return (
            "In Excel for Mac: quit and start Excel. On the Home tab, click Add-ins, then Marketbook under "
            "Developer Add-ins. Excel wants this after each start."
        )
    return (
        "In Excel for Windows: close and start Excel. On the Home tab, click Add-ins, then More Add-ins, "
        "then Marketbook under Developer Add-ins."
    )


def _system() -> "System":
    if sys.platform == "darwin":
        return "darwin"
    return "win32" if sys.platform == "win32" else "linux"
