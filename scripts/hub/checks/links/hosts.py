"""Whether the host of an address can exist, and can be reached from elsewhere."""

from __future__ import annotations

import ipaddress
import re

_LABEL = re.compile(r"(?!-)[^\s.!\"#$%&'()*+,/:;<=>?@\[\\\]^`{|}~]{1,63}(?<!-)$")


def is_private(host: str) -> bool:
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal", ".lan", ".test")):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_private or address.is_loopback or address.is_unspecified


def may_exist(host: str) -> bool:
    """Labels without signs, and a last one that is no number; or a public numeric address."""
    labels = host.removesuffix(".").split(".")
    if len(labels) < 2 and ":" not in host:
        return False
    if ":" in host or all(label.isdigit() for label in labels):
        try:
            return bool(ipaddress.ip_address(host))
        except ValueError:
            return False
    return all(map(_LABEL.match, labels)) and not labels[-1].isdigit() and len(labels[-1]) > 1
