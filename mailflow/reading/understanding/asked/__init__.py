"""What was asked: the titles of the To Dos, what sort of work each is, and the words for it."""
