"""What a person typed and has not saved yet, kept for them alone.

Not to be mixed up with a draft of a decision or judgement, which a school or moderator saves by
its button. Here nobody decides anything: the text of one form at one address, until it is saved.
"""
