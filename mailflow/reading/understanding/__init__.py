"""How a client's answer is understood: layout, clauses, items, marks, decision tables."""
