"""The page "About": facts, ties, failure modes, questions."""
