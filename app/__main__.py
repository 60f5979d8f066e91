"""`python3 app`: set Downlight up once, then start it.

Everything happens in `installer/bootstrap.py`; what stands here is only what an
older Python must be able to read to say that it is too old.
"""

import os
import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Downlight needs Python 3.11 or newer; this is Python "
        + ".".join(str(number) for number in sys.version_info[:3])
        + ".\nStart it with a newer one, for example: python3.11 app"
    )

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

sys.path[0] = os.path.join(ROOT, "installer")

import bootstrap  # noqa: E402 - it is found only through the line above

if __name__ == "__main__":
    sys.exit(bootstrap.start(ROOT, sys.argv[1:]))
