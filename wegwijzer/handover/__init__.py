"""The handover: from a request that an entrepreneur agreed to, to the partner that takes it up."""
