"""`python -m tests.words`: bring the catalogues up to date with what is said.

What is said newly comes into each ``.po`` of ``resources/words`` without a translation,
what is said no more leaves it. Then the ``.mo`` is made of it, which the program reads.
"""

import sys

from tests.words.catalogue import FOLDER, compiled, forms, gathered, read, written


def main() -> None:
    """Do so for each language."""
    said = gathered()
    for file in sorted(FOLDER.glob("*.po")):
        catalogue = read(file.stem)
        catalogue.update(said, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        file.write_bytes(written(catalogue))
        file.with_suffix(".mo").write_bytes(compiled(catalogue))
        missing = [message.id for message in catalogue if not all(forms(message)[1])]
        lines = [f"{file.name}: {len(catalogue)} messages, {len(missing)} without"]
        sys.stdout.write("\n  ".join([*lines, *map(str, missing)]) + "\n")


if __name__ == "__main__":
    main()
