"""The page "Is it me?": the ladder, rung by rung."""
