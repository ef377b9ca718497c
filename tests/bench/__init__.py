"""What speed is held: each module measures ratios within one run, so that any machine can judge."""
