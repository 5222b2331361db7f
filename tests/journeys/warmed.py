"""Imported by the process from which lives are forked: everything is loaded there once."""

from tests.journeys.lives import warm_up

warm_up()
