"""What a person is shown and asked when everything is new."""
