"""From email to intent: what a person wrote, as something the plan can answer."""
