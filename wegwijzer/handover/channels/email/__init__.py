"""Requests to the mailbox of a partner."""
