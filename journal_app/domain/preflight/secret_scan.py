"""Keys, tokens and passwords in a text that is to be read by everybody.

Two looks: the scanner detect-secrets, line by line, without its verification (nothing is sent
anywhere), and the journal's own patterns. A finding never holds the secret, nor a part of it.
Names of commits and digests of files are no secrets; what only looks random is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Protocol

from journal_app.domain import secrets
from journal_app.domain.preflight import Finding, mark
from journal_app.domain.preflight.subject import Subject

# Detectors by module; left out are those of public addresses and of plain e-mail-like words.
_DETECTORS = {
    "artifactory": "ArtifactoryDetector",
    "aws": "AWSKeyDetector",
    "azure_storage_key": "AzureStorageKeyDetector",
    "basic_auth": "BasicAuthDetector",
    "cloudant": "CloudantDetector",
    "discord": "DiscordBotTokenDetector",
    "github_token": "GitHubTokenDetector",
    "gitlab_token": "GitLabTokenDetector",
    "ibm_cloud_iam": "IbmCloudIamDetector",
    "ibm_cos_hmac": "IbmCosHmacDetector",
    "jwt": "JwtTokenDetector",
    "keyword": "KeywordDetector",
    "mailchimp": "MailchimpDetector",
    "npm": "NpmDetector",
    "openai": "OpenAIDetector",
    "private_key": "PrivateKeyDetector",
    "pypi_token": "PypiTokenDetector",
    "sendgrid": "SendGridDetector",
    "slack": "SlackDetector",
    "softlayer": "SoftlayerDetector",
    "square_oauth": "SquareOAuthDetector",
    "stripe": "StripeDetector",
    "telegram_token": "TelegramBotTokenDetector",
    "twilio": "TwilioKeyDetector",
}
_ENTROPY = 4.5  # bits a character: the scanner's own limit for base64
_LONGEST = 2000  # characters of a line that are scanned: longer ones are data
_HEX = re.compile(r"[0-9a-fA-F]{7,128}")
_PLAIN_NAME = re.compile(r"[\w.-]+(?:/[\w.-]+)+|[a-z]+(?:[-_][a-z]+)*|(?:[A-Z][a-z]+)+", re.ASCII)
_PREFIX = re.compile(r"hf_|gh[pousr]_|github_pat_|glpat-|xox[a-z]-|sk-|A[KS]IA|AIza|eyJ")
_PLACEHOLDER = re.compile(
    r"(?:your|my|the|some|an?|example|sample|dummy|fake|test|changeme|change[_-]me|placeholder|todo"
    r"|xxx|\*\*|\.\.\.|…|<|\$|\{|%|os\.|env|getenv|none|null|true|false|secret$|password$|token$"
    r"|hidden|\(hidden)",
    re.IGNORECASE,
)


class _Detector(Protocol):
    secret_type: str

    def analyze_string(self, string: str) -> Iterator[str]: ...


@lru_cache(maxsize=1)
def _detectors() -> tuple[list[Any], Any]:
    """The scanner's detectors: loading them takes a fifth of a second, so at first use only."""
    from importlib import import_module

    from detect_secrets.plugins.high_entropy_strings import Base64HighEntropyString

    found = [
        getattr(import_module(f"detect_secrets.plugins.{module}"), name)()
        for module, name in _DETECTORS.items()
    ]
    return found, Base64HighEntropyString(_ENTROPY)


def check(subject: Subject) -> Iterator[Finding]:
    """Secrets in title, description, address and body."""
    for number, line in enumerate(subject.body.split("\n"), 1):
        for kind, secret, sure in scan(line):
            yield _finding(kind, secret, sure, f"line {number}")
    for name, text in (
        ("title", subject.title),
        ("description", subject.description),
        ("canonical_url", subject.canonical_url),
    ):
        for kind, secret, sure in scan(text):
            yield _finding(kind, secret, sure, name)


def _finding(kind: str, secret: str, sure: bool, where: str) -> Finding:
    if sure:
        what = f"This looks like a secret: {kind}."
        hint = "Take it out, and make it void where it was made: others may have seen it."
    else:
        what = f"This looks random, as keys do ({len(secret)} characters)."
        hint = "If it is a key, take it out and make it void."
    return Finding(
        "secret" if sure else "random", "error" if sure else "warning", what, where, hint,
        mark("secret", secret),
    )  # fmt: skip


def scan(line: str) -> Iterator[tuple[str, str, bool]]:
    """What kind, the secret itself, and whether that is sure; each place of a line once."""
    line = line[:_LONGEST]
    if len(line) < 8:
        return
    seen: list[str] = []
    detectors, random = _detectors()
    for detector in detectors:
        guess = detector.secret_type == "Secret Keyword"
        for secret in detector.analyze_string(line):
            if not secret or (guess and not _meant(secret)) or _known(secret, seen):
                continue
            seen.append(secret)
            yield _named(detector.secret_type), secret, True
    hidden = secrets.hide_text(line)
    if hidden != line and not seen and (secret := _taken(line, hidden)):
        seen.append(secret)
        yield "a token, password or key", secret, True
    for secret in random.analyze_string(line):
        bare = secret.strip("=")
        if len(bare) < 20 or _HEX.fullmatch(bare) or _known(secret, seen):
            continue
        if not _PLAIN_NAME.fullmatch(bare) and random.calculate_shannon_entropy(secret) > _ENTROPY:
            seen.append(secret)
            yield "a random text", secret, False


def _named(kind: str) -> str:
    return "a password or key by its name" if kind == "Secret Keyword" else kind


def _known(secret: str, seen: list[str]) -> bool:
    return any(secret in other or other in secret for other in seen)


def _meant(secret: str) -> bool:
    """Whether a value under `password` may be one: no placeholder, no name of a variable."""
    bare = secret.strip("\"'`;, ")
    if len(bare) < 6 or _PLACEHOLDER.match(bare) or len(set(bare)) < 4:
        return False
    if bare.endswith((")", "]", "}", ">")) or bare.startswith(("(", "[", "self.", "args.")):
        return False
    return bool(re.search(r"\d", bare)) or bool(re.search(r"[^\w\s.-]", bare))


def _taken(line: str, hidden: str) -> str:
    """What the journal's own patterns took out of a line; "" where it is a placeholder."""
    start = 0
    while start < min(len(line), len(hidden)) and line[start] == hidden[start]:
        start += 1
    end = 0
    while end < min(len(line), len(hidden)) - start and line[-1 - end] == hidden[-1 - end]:
        end += 1
    taken = line[start : len(line) - end].strip("\"'`")
    return taken if _PREFIX.match(taken) or _meant(taken) else ""
