"""The page "History": what was, as pictures and as a list."""
