"""Errors that carry the caller's decision: one class for each way to fail that is handled apart."""


class WegwijzerError(Exception):
    """Base of all our errors; its text may be shown to the person who runs the program."""


class KnowledgeError(WegwijzerError):
    """The knowledge files are wrong; the message names file, line and field of every fault."""


class DatabaseUnavailableError(WegwijzerError):
    """The database does not answer or stays locked; the request may be tried again later."""
