"""The upkeep of the knowledge: what of it a person should look at, and whether its sources still answer."""
