"""What the portal's speed is measured by (quality.md). Each figure is a ratio from one run."""
