"""Which module of an app answers what another app or the portal asks: names, resolved when asked.

Settings of the portal as `settings.py` has them; none depends on the environment.
"""

# What is due next, told by each app

STANDING_SOURCES = [
    f"{app}.standing.standing_of" for app in ("banding", "moderation", "funding", "schools")
]
FINDERS = [
    *(f"{app}.finding.find" for app in ("schools", "banding", "moderation", "funding")),
    "banding_portal.help.finding.find",
]
HOME_SOURCES = [
    *(f"{app}.due.due_items" for app in ("banding", "moderation", "funding", "schools")),
    "banding.collections.due.contact_items",
    *(
        f"banding_portal.{room}.due.due_items"
        for room in ("mails", "uploads", "kept_forms", "seals")
    ),
    "schools.looks.due.due_items",
]
# What is only counted there: all of it in one query
COUNT_SOURCES = [
    *(f"{app}.counts.counts_of" for app in ("schools", "banding", "funding", "moderation")),
    *(
        f"banding_portal.{room}.counts.counts_of"
        for room in ("kept_forms", "mails", "public_texts")
    ),
]
# Whose emails the log of emails shows
MAIL_SOURCES = [
    *(f"{at}.log.SOURCE" for at in ("banding.reminders", "banding_portal.notices")),
    "banding_portal.mails.log.LETTERS",
]
# Whether the cause of a reminder still holds, by the kind of notice: asked before it is sent
REMINDERS = {
    "sheet": "schools.information_sheets.services.is_still_so",
    "query_due": "schools.queries.services.reminding.is_still_so",
    "draft": "funding.services.reminding.is_still_so",
    "evidence": "moderation.evidence.telling.is_still_so",
    "outcome": "moderation.panels.reminding.is_still_so",
    "panel_called": "moderation.panels.reminding.is_still_so",
    "cases": "moderation.calibration.telling.is_still_so",
}
# Every reminder that is sent by itself, besides those of the returns: when, to whom, in which words
REMINDER_SCHEDULES = [
    *(f"{app}.schedules.schedules" for app in ("schools", "moderation", "funding")),
    "banding_portal.notices.digests.schedules",
]
# Whom the work of a job named pupils to
KEEP_LOOK = "schools.looks.services.keep_job"
# What the authority tells people there
BOARD_SOURCE = "schools.information_sheets.board.board_of"
# Dates to note there, besides those of the sheets
DATE_SOURCES = ["banding.feeds.selectors.dates_for"]
# What is asked about texts that many read, before they are kept
DOUBTS_OF_TEXTS = "schools.selectors.telling.doubts_of_texts"
# What has to be there before the first collection, and in which order
SET_UP_SOURCES = [
    *(f"{app}.set_up.set_up_steps" for app in ("schools", "banding", "funding")),
    "banding_portal.public_texts.set_up.set_up_steps",
]
SET_UP_ORDER = [
    *("register", "links", "quadrants", "frameworks", "people", "texts"),
    *("caseload", "values", "calendar", "policy", "collection"),
]
# What a person holds that can be handed to somebody else
WORK_SOURCES = ["moderation.due.work_of", "schools.queries.due.work_of"]
# What other apps add to a pupil's page
PUPIL_SECTIONS = [
    "banding.pupil_sections.decisions",
    "banding.pupil_sections.exceptional",
    "banding.pupil_sections.changes_of_band",
    "banding.pupil_sections.transfers",
    "moderation.pupil_sections.plan_documents",
]
PUPIL_BANDS = "banding.pupil_sections.bands"
# What a page is about from which a school asks
QUERY_PLACES = [
    f"{where}.about_page"
    for where in ("schools.queries.places", "banding.query_places", "funding.query_places")
]
# The collections that a query entered for a school may be about
QUERY_COLLECTIONS = "banding.query_places.collection_names"
# What everybody may read besides the texts, for the footer of every page
PUBLIC_PAGES = ["funding.figures.public.pages"]
# Pages of the portal itself that stand beside the resources
PORTAL_PAGE_SOURCES = [
    f"{room}.portal_pages.pages" for room in ("banding.frameworks", "schools.resources")
]
# What goes by age every night besides files: each says how many of what went, or would
RETENTION_SOURCES = [
    "schools.queries.services.retention.delete_old_queries",
    "moderation.plans.services.delete_old_plans",
]
# Whether the published runs are as they were published: how many, and what is wrong
PUBLISHED_SOURCE = "funding.selectors.verifying.published_as_kept"
# Pounds of all that was published, for a backup to be compared by
PUBLISHED_TOTAL = "funding.selectors.verifying.published_total"
# What keeps an import from being undone, and what else undoing it brings
IMPORT_RESTS = ["banding.returns.resting.rests_on", "funding.selectors.resting.rests_on"]
IMPORT_UNDOERS = [
    "funding.services.drafts.take_out_of_drafts",
    "banding.caseload.undoing.forget_import",
]
# What follows when a pupil's placements or plans change
PUPIL_FOLLOWERS = [
    "banding.returns.following.follow",
    "banding.decisions.dating.date_anew",
    "funding.selectors.published.tell_what_is_published",
]

# What a year on a band is worth, for the estimate of moderation; and the band that pays
BAND_WORTH = "funding.selectors.annual_values.annual_values"
# and what moderation found, for the range of a scenario
FOUND_MOVES = "moderation.selectors.found_moves.found_moves"
BAND_PAID = "funding.selectors.annual_values.paid_band"

# Who listens when a school's decision is replaced by another
DECISION_FOLLOWERS = ["moderation.services.following.follow_decisions"]

# What somebody who opens a collection is warned of, by any app
OPENING_WARNINGS = ["funding.selectors.opening.warnings"]

# How another app's record that was put right is put back, by its kind (rules.md S10)
CORRECTION_UNDOERS = {"decision": "banding.panel.corrections.undo"}

# What each app has to do where two records of a child are merged, in this order (rules.md S8)
PUPIL_MERGERS = [
    "banding.pupil_merging.ReturnsAndDecisions",
    "moderation.services.merging.Cases",
    "funding.services.merging.PublishedLines",
]

# The demonstration, told by each app in the order in which things happened

DEMO_EMPTY = ["schools.User", "schools.School"]
DEMO_ACCOUNTS = "schools.demo.account_lines"
DEMO_PARTS = [
    "schools.demo.seed",
    "banding.demo.seed_pupils",
    "banding.demo.seed_round",
    "moderation.demo.seed",
    *(f"funding.demo.seed_{what}" for what in ("published", "adjusted")),
    "moderation.demo.seed_late",
    "moderation.demo.seed_life",
    "banding.demo.seed_exercise",
    "moderation.demo.seed_exercise",
    "banding.demo.seed_open_round",
    *(f"funding.demo.seed_{what}" for what in ("checked", "draft", "figures", "scenarios")),
    *(f"banding.demo.seed_{what}" for what in ("reminders", "caseload_file")),
    "banding.demo.write_workbooks",
    *(f"schools.demo.seed_{what}" for what in ("register_file", "conversion", "staff")),
    *(f"schools.demo.seed_{what}" for what in ("contacts", "queries", "sheets", "training")),
    *(f"schools.demo.seed_{what}" for what in ("resources", "trust", "looks")),
    *(f"banding_portal.{room}.demo.seed" for room in ("public_texts", "notices")),
]
