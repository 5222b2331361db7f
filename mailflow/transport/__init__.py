"""The wires: the only room with sockets."""
