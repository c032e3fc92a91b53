"""What the runs say: theory, measures, intervals and figures."""
