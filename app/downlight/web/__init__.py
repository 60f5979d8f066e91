"""The one door to the web: HTTP with bounds on time, size and places."""

import sys

# httpx brings a command line along (with click, pygments and rich), and httpcore
# HTTP/2, wherever these happen to be installed: a tenth of the program's memory for
# what nobody here calls. None is Python's own way to say that there is no such module.
for _name in ("httpx._main", "h2"):
    sys.modules.setdefault(_name, None)  # type: ignore[arg-type]  # see above
