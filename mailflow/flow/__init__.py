"""The journeys: one message through its numbered stops, and what time brings."""
