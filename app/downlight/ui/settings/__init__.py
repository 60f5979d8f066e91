"""The dialog of settings: a file for each section."""
