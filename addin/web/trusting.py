"""How to trust the certificate of the one-person server, and how to end that, in words and commands."""

from typing import Literal, TypeAlias

from addin.web.certificates import Kept

System: TypeAlias = Literal["darwin", "win32", "linux"]


def explanation(kept: Kept) -> str:
    """Say what a certificate is for, and what trusting it allows."""
    return (
        "Excel loads the add-in from this computer over HTTPS. For that, this computer has a certificate, "
        f"and you must trust its authority once: {kept.authority}. The authority can sign for localhost "
        "only. It has signed this one certificate, and then its key was thrown away: nobody can use it for "
        f"another one, nor for another site. The certificate ends on {kept.ends:%Y-%m-%d}. 30 days before "
        "that, a new one is made, which you must trust once too. This one ends by itself."
    )


def how_to_trust(kept: Kept, system: System) -> list[str]:
    """Return the steps by which Excel and the browsers of this user trust a certificate."""
    authority = f'"{kept.authority}"'
    match system:
        case "darwin":
            return [
                "To trust it, run this command. macOS asks for your password.",
                f"security add-trusted-cert -r trustRoot -p ssl -k {_KEYCHAIN} {authority}",
            ]
        case "win32":
            return [
                "To trust it, run this command. Windows asks whether you want to install the certificate "
                f"with the thumbprint {kept.fingerprint}.",
                f"certutil -user -addstore Root {authority}",
            ]
        case "linux":
            return [
                "To trust it in Chrome and Edge, run this command; certutil is in the package libnss3-tools. "
                "In Firefox, open Settings, Privacy & Security, View Certificates, Authorities, Import.",
                f'mkdir -p "$HOME/.pki/nssdb" && certutil -d {_NSS} -A -t C,, -n {_NICKNAME} -i {authority}',
            ]


def how_to_end_trust(kept: Kept, system: System) -> list[str]:
    """Return the steps by which this user no longer trusts a certificate."""
    match system:
        case "darwin":
            return [
                "To end the trust, run this command.",
                f"security delete-certificate -t -Z {kept.fingerprint} {_KEYCHAIN}",
            ]
        case "win32":
            return [
                "To end the trust, run this command.",
                f"certutil -user -delstore Root {kept.fingerprint}",
            ]
        case "linux":
            return [
                "To end the trust in Chrome and Edge, run this command. In Firefox, delete it where you "
                "imported it.",
                f"certutil -d {_NSS} -D -n {_NICKNAME}",
            ]


_KEYCHAIN = '"$HOME/Library/Keychains/login.keychain-db"'
_NSS = 'sql:"$HOME/.pki/nssdb"'
_NICKNAME = '"Marketbook on this computer only"'
