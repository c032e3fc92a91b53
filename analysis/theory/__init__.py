"""What mathematics predicts: pure functions, used as oracles in tests and as dashed lines in figures."""
