"""Whether what was finished is what was asked for, all of it, and understood to the last word."""
