"""What it comes to: the facts of one To Do, the row of the table that fits, the reading."""
