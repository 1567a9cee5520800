"""What every visitor may read: accessibility, privacy, cookies, contact.

The portal comes with a text for each; the administrator may write the authority's own.
"""
