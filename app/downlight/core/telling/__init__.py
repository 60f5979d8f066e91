"""What a person is told now, later, or not at all."""
