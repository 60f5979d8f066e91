"""Our own checks: what answers from this computer, tried without anyone's word."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.ports import Source
    from downlight.core.source import SourceSpec

FAMILIES: Final[Mapping[str, str]] = {
    "whatsapp-probe": "downlight.probes.whatsapp",
    "http-check": "downlight.probes.http_check",
    "tcp-check": "downlight.probes.tcp_check",
    "dns-check": "downlight.probes.dns_check",
}
"""Every kind of check, and the module that makes it."""


def build(spec: SourceSpec) -> Source:
    """Make the check that ``spec`` describes."""
    source: Source = import_module(FAMILIES[spec.family]).build(spec)
    return source
