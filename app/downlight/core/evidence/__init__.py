"""From what is heard to an answer, and to the story of an outage."""
