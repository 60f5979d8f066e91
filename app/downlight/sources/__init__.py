"""Where the evidence comes from: one file per format, and the door to the web."""
