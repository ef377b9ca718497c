"""What speed is held: each module measures one ratio."""
