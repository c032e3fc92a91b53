"""Where parties meet, and what happens: scenarios, networks and the models themselves."""
