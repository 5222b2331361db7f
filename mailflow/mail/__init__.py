"""What an email is: bytes and values, never a socket, never a plan."""
