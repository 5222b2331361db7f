"""The typed text: its language, its lines and sentences, and what its single words are."""
