"""What a plan is: frozen values and pure functions; no clock, no mail, no database."""
