"""The certificate of the one-person server, in real handshakes."""

import datetime
import ipaddress
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from addin.web.certificates import Authority, Kept, forget_certificate, kept_certificate
from addin.web.trusting import System, explanation, how_to_end_trust, how_to_trust
from tests import browser
from tests.missing import missing

NOW = datetime.datetime.now(datetime.UTC)
SYSTEMS: tuple[System, ...] = ("darwin", "win32", "linux")


def _trusting(authority: Path) -> ssl.SSLContext:
    """A client as strict as the strictest: Python 3.13's."""
    context = ssl.create_default_context(cafile=authority)
    context.verify_flags |= ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def _shaken(certificate: Path, client: ssl.SSLContext, name: str) -> str:
    """Shake hands with a server that has a certificate; return what the client says against it."""
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            plain, _ = listening.accept()
            with plain:
                try:
                    with served.wrap_socket(plain, server_side=True) as secure:
                        secure.sendall(secure.recv(9))
                except (ssl.SSLError, OSError):
                    return

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            with (
                socket.create_connection(listening.getsockname(), timeout=10) as plain,
                client.wrap_socket(plain, server_hostname=name) as secure,
            ):
                secure.sendall(b"hammocks\n")
                assert secure.recv(9) == b"hammocks\n"
            return ""
        except ssl.SSLCertVerificationError as error:
            return error.verify_message
        finally:
            thread.join(10)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return kept_certificate(tmp_path / "excel", NOW)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_who_trusts_the_authority_reaches_this_computer(kept: Kept, name: str) -> None:
    assert _shaken(kept.certificate, _trusting(kept.authority), name) == ""


def test_who_does_not_trust_it_does_not(kept: Kept, tmp_path: Path) -> None:
    other = kept_certificate(tmp_path / "other", NOW)
    assert "local issuer" in _shaken(kept.certificate, _trusting(other.authority), "localhost")


def test_the_certificate_is_for_no_other_name(kept: Kept) -> None:
    assert "mismatch" in _shaken(kept.certificate, _trusting(kept.authority), "example.com")


@pytest.mark.parametrize("name", ["example.com", "localhost.example.com", "10.0.0.1", "2001:db8::1"])
def test_the_authority_could_not_sign_for_another_name_even_with_its_key(tmp_path: Path, name: str) -> None:
    authority = Authority.made(NOW)
    key = ec.generate_private_key(ec.SECP256R1())
    is_address = name[0].isdigit()
    names: list[x509.GeneralName] = [
        x509.IPAddress(ipaddress.ip_address(name)) if is_address else x509.DNSName(name)
    ]
    forged = authority.signed(names, key.public_key(), NOW)
    (tmp_path / "authority.pem").write_bytes(authority.certificate.public_bytes(serialization.Encoding.PEM))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "forged.pem").write_bytes(secret + forged.public_bytes(serialization.Encoding.PEM))
    said = _shaken(tmp_path / "forged.pem", _trusting(tmp_path / "authority.pem"), name)
    assert said == "permitted subtree violation"


def test_the_key_of_the_authority_is_nowhere(kept: Kept) -> None:
    folder = kept.authority.parent
    assert sorted(path.name for path in folder.iterdir()) == ["authority.pem", "localhost.pem"]
    assert b"PRIVATE KEY" not in kept.authority.read_bytes()
    authority = x509.load_pem_x509_certificate(kept.authority.read_bytes())
    key = serialization.load_pem_private_key(kept.certificate.read_bytes(), None)
    assert key.public_key() != authority.public_key()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_user_can_read_the_key(kept: Kept) -> None:
    assert kept.certificate.stat().st_mode & 0o777 == 0o600


def test_openssl_verifies_it_too(kept: Kept) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        missing("OpenSSL's program is missing. On Debian, install the package openssl.")
    files = (str(kept.authority), str(kept.certificate))
    for name in ("localhost", "example.com"):
        ran = subprocess.run(
            [openssl, "verify", "-x509_strict", "-verify_hostname", name, "-CAfile", *files],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ran.returncode == 0) is (name == "localhost"), ran.stdout + ran.stderr


def test_it_lives_shorter_than_apple_allows(kept: Kept) -> None:
    for path in (kept.authority, kept.certificate):
        read = x509.load_pem_x509_certificate(path.read_bytes())
        assert read.not_valid_after_utc - read.not_valid_before_utc < datetime.timedelta(days=825)
        assert read.not_valid_before_utc < NOW < read.not_valid_after_utc


def test_it_is_made_once(kept: Kept) -> None:
    again = kept_certificate(kept.authority.parent, NOW + datetime.timedelta(days=700))
    assert kept.is_new and not again.is_new
    assert (again.fingerprint, again.ends) == (kept.fingerprint, kept.ends)


def test_it_is_made_anew_before_it_ends(kept: Kept) -> None:
    later = NOW + datetime.timedelta(days=790)
    again = kept_certificate(kept.authority.parent, later)
    assert again.is_new and again.fingerprint != kept.fingerprint
    assert again.ends > kept.ends


@pytest.mark.parametrize("name", ["authority.pem", "localhost.pem"])
@pytest.mark.parametrize(
    "content", [None, b"", b"-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n"]
)
def test_a_damaged_one_is_made_anew(kept: Kept, name: str, content: bytes | None) -> None:
    path = kept.authority.parent / name
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    again = kept_certificate(kept.authority.parent, NOW)
    assert again.is_new
    assert _shaken(again.certificate, _trusting(again.authority), "localhost") == ""


def test_parts_of_two_are_made_anew(kept: Kept, tmp_path: Path) -> None:
    """As when the first of two files was written, and the computer then stopped."""
    other = kept_certificate(tmp_path / "other", NOW)
    kept.authority.write_bytes(other.authority.read_bytes())
    assert kept_certificate(kept.authority.parent, NOW).is_new


def test_the_key_of_another_certificate_is_noticed(kept: Kept, tmp_path: Path) -> None:
    other = kept_certificate(tmp_path / "other", NOW)
    key = other.certificate.read_bytes().partition(b"-----BEGIN CERT")[0]
    certificate = kept.certificate.read_bytes().partition(b"-----BEGIN CERT")[2]
    kept.certificate.write_bytes(key + b"-----BEGIN CERT" + certificate)
    assert kept_certificate(kept.authority.parent, NOW).is_new


def test_it_can_be_forgotten(kept: Kept) -> None:
    assert forget_certificate(kept.authority.parent)
    assert not kept.certificate.exists()
    assert not forget_certificate(kept.authority.parent)


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_to_do_is_said_for_every_system(kept: Kept, system: System) -> None:
    trust, end = how_to_trust(kept, system)[-1], how_to_end_trust(kept, system)[-1]
    assert f'"{kept.authority}"' in trust
    assert ("certutil" if system != "darwin" else "security") in trust
    assert kept.fingerprint in end or system == "linux"
    assert f"{kept.ends:%Y-%m-%d}" in explanation(kept) and str(kept.authority) in explanation(kept)


class _Page(BaseHTTPRequestHandler):
    """A page that is told from the browser's own about a certificate that it does not trust."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<p>hammocks</p>")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_chromium_trusts_it_after_the_steps_for_linux_and_not_before_or_afterwards(
    kept: Kept, tmp_path: Path
) -> None:
    """The commands as they are said, in a home of their own."""
    if shutil.which("certutil") is None:
        missing("certutil is missing. On Debian, 'make test' as root installs it.")
    home = tmp_path / "home"
    (home / ".pki/nssdb").mkdir(parents=True)
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}

    def run(*command: str) -> str:
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True, timeout=60
        ).stdout

    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(kept.certificate)
    with ThreadingHTTPServer(("127.0.0.1", 0), _Page) as server:
        server.socket = served.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever).start()
        look = (browser.required(), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom")
        address = f"https://localhost:{server.server_port}/"
        try:
            run("certutil", "-d", f"sql:{home}/.pki/nssdb", "-N", "--empty-password")
            assert "hammocks" not in run(*look, address)
            run("/bin/sh", "-c", how_to_trust(kept, "linux")[-1])
            assert "hammocks" in run(*look, address)
            run("/bin/sh", "-c", how_to_end_trust(kept, "linux")[-1])
            assert "hammocks" not in run(*look, address)
        finally:
            server.shutdown()
