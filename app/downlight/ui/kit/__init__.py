"""What all pages are made of: colours, type, marks, labels, cards."""
