"""The certificate of the one-person server. Excel shows pages only over TLS, also from this computer.

A new authority signs one certificate, and its key is then forgotten: it was never written. It may sign for
this computer's own names only. So whoever trusts it trusts that one certificate, and nothing else, ever.
"""

import datetime
import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NAME: Final = "localhost"
ADDRESS: Final = ipaddress.IPv4Address("127.0.0.1")

_DAYS: Final = 800  # Apple refuses certificates of more than 825
_DAYS_LEFT: Final = 30
_UNUSABLE: Final = (OSError, ValueError, TypeError, InvalidSignature)
_NO_OTHER_USE: Final = dict.fromkeys(
    (
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "encipher_only",
        "decipher_only",
    ),
    False,
)


@dataclass(frozen=True)
class Kept:
    """A certificate with its key in one file, and the authority that signed it in another."""

    authority: Path
    certificate: Path
    fingerprint: str
    ends: datetime.date
    is_new: bool = False


def kept_certificate(folder: Path, now: datetime.datetime) -> Kept:
    """Return the certificate that is kept in a folder. It is made anew if it is not there or ends soon.

    Only the user can read its key. A new one has another authority, which is to be trusted instead.
    """
    found = found_certificate(folder)
    if found is None or found.ends - now.date() < datetime.timedelta(days=_DAYS_LEFT):
        return _made(folder, now)
    return found


def found_certificate(folder: Path) -> Kept | None:
    """Return the certificate that is kept in a folder; None if there is none that can be used."""
    try:
        return _read(folder)
    except _UNUSABLE:
        return None


def forget_certificate(folder: Path) -> bool:
    """Remove the certificate that is kept in a folder, and return whether there was one."""
    paths = [path for path in _paths(folder) if path.exists()]
    for path in paths:
        path.unlink()
    return bool(paths)


class Authority:
    """Signs certificates for this computer's own names, and no other."""

    def __init__(self, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
        self.certificate = certificate
        self._key = key

    @classmethod
    def made(cls, now: datetime.datetime) -> Self:
        """Return a new authority."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name("Marketbook on this computer only")
        builder = (
            _begun(name, name, key.public_key(), now)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .add_extension(x509.NameConstraints(_own_names(), None), critical=True)
        )
        return cls(builder.sign(key, hashes.SHA256()), key)

    def signed(
        self, names: list[x509.GeneralName], key: ec.EllipticCurvePublicKey, now: datetime.datetime
    ) -> x509.Certificate:
        """Return a server's certificate for names."""
        issuer = self.certificate.subject
        builder = (
            _begun(_name(NAME), issuer, key, now)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False
            )
        )
        return builder.sign(self._key, hashes.SHA256())


def _made(folder: Path, now: datetime.datetime) -> Kept:
    authority = Authority.made(now)
    key = ec.generate_private_key(ec.SECP256R1())
    own = [x509.DNSName(NAME), x509.IPAddress(ADDRESS)]
    certificate = authority.signed(own, key.public_key(), now)
    folder.mkdir(parents=True, exist_ok=True)
    of_authority, of_certificate = _paths(folder)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(of_authority, _pem(authority.certificate), mode=0o644)
    _write(of_certificate, secret + _pem(certificate), mode=0o600)
    return _kept(folder, authority.certificate, certificate, is_new=True)


def _read(folder: Path) -> Kept:
    """Raises one of _UNUSABLE if the files are not a certificate with its key and its authority."""
    of_authority, of_certificate = _paths(folder)
    authority = x509.load_pem_x509_certificate(of_authority.read_bytes())
    both = of_certificate.read_bytes()
    certificate = x509.load_pem_x509_certificate(both)
    key = serialization.load_pem_private_key(both, password=None)
    certificate.verify_directly_issued_by(authority)
    if key.public_key() != certificate.public_key():
        raise ValueError("The key is of another certificate.")
    return _kept(folder, authority, certificate, is_new=False)


def _kept(folder: Path, authority: x509.Certificate, certificate: x509.Certificate, *, is_new: bool) -> Kept:
    of_authority, of_certificate = _paths(folder)
    # Windows and macOS name certificates by this hash; nothing is signed with it.
    fingerprint = authority.fingerprint(hashes.SHA1()).hex().upper()  # noqa: S303
    ends = certificate.not_valid_after_utc.date()
    return Kept(of_authority, of_certificate, fingerprint, ends, is_new)


def _paths(folder: Path) -> tuple[Path, Path]:
    return folder / "authority.pem", folder / "localhost.pem"


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime.datetime
) -> x509.CertificateBuilder:
    """Begin a certificate. It begins yesterday: clocks differ."""
    first = now - datetime.timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(first + datetime.timedelta(days=_DAYS))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    )


def _own_names() -> list[x509.GeneralName]:
    return [x509.DNSName(NAME), x509.IPAddress(ipaddress.IPv4Network(f"{ADDRESS}/32"))]


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Marketbook"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=False,
        **_NO_OTHER_USE,
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write(path: Path, content: bytes, mode: int) -> None:
    """Write a file that has its mode from the start."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
