"""What the audit page calls each kind of record, in the words of the service."""

KINDS = {
    "banding.banddecision": "Band decision",
    "banding.caseloadchoice": "Choice about a caseload file",
    "banding.calendarfeed": "Private calendar address",
    "banding.changerequest": "Request for another band",
    "banding.collection": "Collection",
    "banding.collectionmove": "Step of a collection",
    "banding.exceptionalrequest": "Exceptional request",
    "banding.framework": "Framework",
    "banding.joiner": "Joiner",
    "banding.detailcorrection": "Details to correct",
    "banding.leaver": "Leaver",
    "banding.mark": "Message about a pupil",
    "banding.reminderstep": "Reminder of a collection",
    "banding.return": "Return",
    "banding.returnmove": "Step of a return",
    "banding.returnpupil": "Pupil on a return",
    "banding.transfer": "Move to another school",
    "banding_portal.learnedword": "Heading or value explained",
    "banding_portal.publictext": "Text of the authority",
    "funding.bandvalue": "Band value",
    "funding.figuresedition": "Figures for everybody",
    "funding.fundingpolicy": "Funding policy",
    "funding.paymentcalendar": "Payment calendar",
    "funding.period": "Payment period",
    "funding.run": "Payment run",
    "funding.runexception": "Exception of a payment run",
    "moderation.case": "Moderation case",
    "moderation.interest": "Connection declared by a moderator",
    "moderation.judgement": "Judgement",
    "moderation.judgementlevel": "Level in a judgement",
    "moderation.outcome": "Outcome of moderation",
    "moderation.proposal": "Band proposed in moderation",
    "moderation.sample": "Moderation sample",
    "schools.contact": "Contact of a school",
    "schools.correction": "Correction",
    "schools.formerfact": "Earlier detail of a pupil",
    "schools.formersector": "Earlier sector of a school",
    "schools.importrecord": "Import",
    "schools.informationsheet": "Information sheet",
    "schools.membership": "Role of a person",
    "schools.placement": "Placement",
    "schools.plan": "Plan",
    "schools.publishedquestion": "Published question",
    "schools.pupil": "Pupil",
    "schools.pupilanswer": "Answer about a possible duplicate",
    "schools.pupilmerge": "Records merged",
    "schools.quadrant": "Quadrant",
    "schools.query": "Query",
    "schools.querymessage": "Message in a query",
    "schools.school": "School",
    "schools.sheetline": "Line of an information sheet",
    "schools.user": "Person",
}
"""By label of the audited model; each has its words (tested)."""

PAGES = {
    "banding.collection": "banding:collection_detail",
    "banding.framework": "banding:framework_detail",
    "banding.return": "banding:return_detail",
    "funding.run": "funding:run_detail",
    "moderation.sample": "moderation:sample_detail",
    "schools.pupil": "schools:pupil_detail",
    "schools.school": "schools:school_detail",
    "schools.user": "schools:person_detail",
}
"""The pages of records, which an auditor may open."""

OF_ANOTHER = {"banding.returnpupil": "pupil"}
"""Records without a page of their own, and the record whose page tells of them."""

READ_WITH: dict[str, tuple[str, ...]] = {
    "banding.return": ("school", "collection"),
    "banding.returnpupil": ("pupil",),
    "moderation.case": (),
    "funding.paymentcalendar": (),
    "schools.query": (),
    "funding.run": ("period",),
    "moderation.sample": ("collection",),
}
"""Records without a name of their own that can be named, with what their name is made of."""
