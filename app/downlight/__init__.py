"""Downlight: a light in the tray that knows what is down."""

from typing import Final

VERSION: Final = "0.1.0"
