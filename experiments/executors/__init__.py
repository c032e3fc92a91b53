"""Where blocks of runs are worked off: in this process, or in worker processes that can be killed."""
