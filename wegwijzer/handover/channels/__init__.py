"""The ways in which partners get requests, one folder each; `wegwijzer.handover.delivering` wires them."""
