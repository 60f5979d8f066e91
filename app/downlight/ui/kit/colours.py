"""The colours of the eight marks and of their words."""

from __future__ import annotations

from typing import Final

from downlight.ui.kit.look import Look

# Every light mark keeps 3:1 against white and against a dark panel (#202020), as a
# desktop may have light windows under a dark panel. The dark ones keep it through
# their edge, which has the light colour.
LIGHT_MARKS: Final = {
    Look.UNKNOWN: "#6e7781",
    Look.OPERATIONAL: "#2a9648",
    Look.MAINTENANCE: "#1f7fe8",
    Look.DEGRADED: "#b57c00",
    Look.PARTIAL: "#d9620f",
    Look.MAJOR: "#d1242f",
    Look.BLOCKED: "#d9620f",
    Look.OFFLINE: "#6e7781",
}
DARK_MARKS: Final = {
    Look.UNKNOWN: "#a3acb6",
    Look.OPERATIONAL: "#46c763",
    Look.MAINTENANCE: "#58a6ff",
    Look.DEGRADED: "#f0be3c",
    Look.PARTIAL: "#f68b3e",
    Look.MAJOR: "#ff7b72",
    Look.BLOCKED: "#f68b3e",
    Look.OFFLINE: "#a3acb6",
}
# Words need 4.5:1 on their background, so in light they are darker than the marks.
LIGHT_WORDS: Final = {
    Look.UNKNOWN: "#59636e",
    Look.OPERATIONAL: "#187033",
    Look.MAINTENANCE: "#0958c4",
    Look.DEGRADED: "#875a00",
    Look.PARTIAL: "#a8430a",
    Look.MAJOR: "#bf1d28",
    Look.BLOCKED: "#a8430a",
    Look.OFFLINE: "#59636e",
}
