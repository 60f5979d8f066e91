"""How people read it: days, clauses, and the sentences made of them."""
