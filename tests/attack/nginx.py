"""A real nginx before the bot: with the example of the documentation, or with nginx's defaults."""

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

EXAMPLE = Path(__file__).parent.parent.parent / "docs" / "nginx.conf"
NAME = "policy.example.gov.uk"
MISSING = (
    "The attack tests need nginx, which this machine lacks: apt-get install nginx-light "
    "(or name the program in the setting NGINX)."
)
WAIT_S = 10
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass(frozen=True)
class Proxy:
    """`public_url` is what the bot's PUBLIC_URL says in such a deployment."""

    port: int
    tls: bool

    @property
    def public_url(self) -> str:
        return f"https://{NAME}" if self.tls else f"http://{NAME}"

    def connection(self, client: str = "127.0.0.1") -> HTTPConnection:
        """From this address of the loopback network."""
        source = (client, 0)
        if not self.tls:
            return HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=source)
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return HTTPSConnection(
            "127.0.0.1", self.port, timeout=30, source_address=source, context=context
        )


@contextmanager
def with_defaults(folder: Path, bot_port: int, *more: str) -> Iterator[Proxy]:
    """What nginx does by itself: it names itself in Host, and adds no header. `more` are lines."""
    port = free_port()
    lines = [f"listen 127.0.0.1:{port};", *more]
    place = f"location / {{ proxy_pass http://127.0.0.1:{bot_port}; }}"
    with _running(folder, f"server {{ {' '.join(lines)} {place} }}", port):
        yield Proxy(port, tls=False)


@contextmanager
def with_example(folder: Path, bot_port: int) -> Iterator[Proxy]:
    """The file that the documentation shows, with ports and a certificate of this test."""
    port, certificate, key = free_port(), folder / "cert.pem", folder / "key.pem"
    _make_certificate(certificate, key)
    site = EXAMPLE.read_text(encoding="utf-8")
    for shown, used in (
        ("127.0.0.1:3978", f"127.0.0.1:{bot_port}"),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        (f"/etc/ssl/certs/{NAME}.pem", str(certificate)),
        (f"/etc/ssl/private/{NAME}.key", str(key)),
    ):
        assert site.count(shown) == 1, f"{EXAMPLE} does not say {shown!r} once"
        site = site.replace(shown, used)
    with _running(folder, site, port):
        yield Proxy(port, tls=True)


@contextmanager
def _running(folder: Path, site: str, port: int) -> Iterator[None]:
    program = os.environ.get("NGINX") or shutil.which(
        "nginx", path=f"{os.environ['PATH']}:/usr/sbin"
    )
    assert program is not None, MISSING
    (folder / "site.conf").write_text(site, encoding="utf-8")
    (folder / "nginx.conf").write_text(_main(folder), encoding="utf-8")
    arguments = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    log = folder / "error.log"
    with subprocess.Popen([*arguments, "-e", str(log)]) as process:
        try:
            _wait_for(port, process, log)
            yield
        finally:
            process.terminate()


def _main(folder: Path) -> str:
    """All that nginx would keep elsewhere is kept in the folder."""
    user = "user root;" if os.geteuid() == 0 else ""
    places = "\n".join(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY)
    return (
        f"{user}\ndaemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\n"
        "events { worker_connections 1024; }\n"
        f"http {{\naccess_log off;\n{places}\ninclude {folder}/site.conf;\n}}\n"
    )


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError(f"nginx did not start: {log.read_text(encoding='utf-8')}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _make_certificate(certificate: Path, key_file: Path) -> None:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
