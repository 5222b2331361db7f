"""What was said: the text as clauses, each with what it says of a piece of work."""
