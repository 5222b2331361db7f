"""An embedded mail world and the people who live in it."""
