"""mailflow: client work run by mail, where the client's answer ticks the box."""

__version__ = "0.1.0"
