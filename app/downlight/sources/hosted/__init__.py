"""Status pages made with a product that many providers use."""
