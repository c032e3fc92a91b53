"""Who acts, and how each behaves: parties, rules, conducts."""
