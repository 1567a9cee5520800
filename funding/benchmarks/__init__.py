"""What pupils cost elsewhere: figures of other authorities, beside one's own (rules.md F14)."""
