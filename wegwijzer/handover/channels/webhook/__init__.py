"""Requests to the address of a partner, signed after Standard Webhooks."""
