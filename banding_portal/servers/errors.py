"""What may go wrong while setting up, said in a sentence."""


class SetUpError(Exception):
    """Something the person at the keyboard can put right; the message says how."""
