"""What the parts of the demonstration share: its dates, a clock to act by, repeatable ids.

Each app tells its own part of the story in `<app>/demo`, through its own services; the settings
name the parts in the order in which they happened.
"""
