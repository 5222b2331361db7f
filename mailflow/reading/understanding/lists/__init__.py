"""Answers to a list: which clause speaks of which To Do."""
