"""How well importing reads: texts with facts that were checked by hand, against what the rules find."""
