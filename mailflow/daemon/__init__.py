"""The engine room: threads, signals, health and the clock."""
