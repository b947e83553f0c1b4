"""Ports for processes that run beside those of the installation."""

import socket


def free_port() -> int:
    """A port on the loopback interface that nobody uses."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
