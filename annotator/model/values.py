"""The fixed vocabularies of the model: what a field may hold. Words for people are in ``annotator.vocabulary``."""

from __future__ import annotations

STATUSES = ("accepted", "draft", "rejected")
LAYER_KINDS = ("work", "suggestion", "student", "key", "adjudicated", "import")
BLOCK_KINDS = ("heading", "paragraph", "list", "quote", "caption", "table_row")
ZONES = ("masthead", "headline", "standfirst", "byline", "body", "caption", "box", "correction")

CLAIM_TYPES = ("factual", "opinion", "prediction", "value", "interpretation", "directive", "commitment")
CLAIM_TYPES_BASIC = CLAIM_TYPES[:4]
CLAIM_FORMS = ("direct", "mixed", "indirect", "narration", "headline")
CHECK_WORTHY = ("yes", "no", "undecided")
CHECK_REASONS = ("verifiable", "public_interest", "harm")
NO_VERDICT_TYPES = ("opinion", "value")
"""Types that cannot be checked as true or false."""

SOURCE_NAMINGS = ("named", "role_only", "anonymous", "collective", "unstated")
SOURCE_KINDS_MADE = ("person", "institution", "group", "document", "media")
STANDING_KINDS = ("author", "publication")
"""Kinds of the two sources every article has; they never count as attribution."""
SOURCE_KINDS = (*SOURCE_KINDS_MADE, *STANDING_KINDS, "unstated")
PROXIMITIES = ("first_hand", "party_to_event", "second_hand", "document", "expert", "unknown")
SOURCE_CLASSES = ("primary", "secondary", "hearsay")
GROUND_RULES = ("on_record", "background", "deep_background", "off_record", "not_stated")
ANONYMITY_REASONS = ("yes", "no", "not_applicable")
SOURCE_MENTION_ROLES = ("speaker", "nested_speaker", "addressee", "declined_or_silent", "byline", "publication")

ENTITY_KINDS = ("person", "organisation", "place", "group", "event", "work", "other")
MENTION_FORMS = ("name", "description", "demonym", "abbreviation", "pronoun")

CUE_LOADS = ("neutral", "doubt", "endorsing", "emphatic", "accusing", "other")
CUE_FUNCTIONS = ("assertion", "directive", "commissive", "belief", "labelling", "accusation", "evidence")
STANCES = ("supports", "neutral", "opposes")
POLARITIES = ("positive", "negative")
"""Whether the attribution affirms ("said that") or denies ("denied that") its claim."""
DETERMINACIES = ("definite", "indefinite")
"""Whether it is told as a fact that the source said so, or not ("is said to have told")."""

CHECK_STATUSES = ("not_checked", "in_progress", "checked", "cannot_check")
VERDICTS = ("5", "4", "3", "2", "1", "none")
EVIDENCE_STANCES = ("supports", "contradicts", "context")
RELATION_KINDS = ("supports", "contradicts", "elaborates", "part_of", "context_for", "replies_to")

ARTICLE_FACTS = ("title", "publication", "byline", "date", "url", "language", "licence_note")
NOT_STATED = "not_stated"
"""What a verb takes, and a list shows, for a field of which the text does not tell."""

FIXED: dict[str, dict[str, tuple[str, ...]]] = {
    "Layer": {"kind": LAYER_KINDS},
    "Claim": {"status": STATUSES, "type": CLAIM_TYPES, "form": CLAIM_FORMS, "check_worthy": CHECK_WORTHY},
    "SourceMention": {"status": STATUSES, "role": SOURCE_MENTION_ROLES},
    "Mention": {"status": STATUSES, "form": MENTION_FORMS},
    "Source": {
        "naming": SOURCE_NAMINGS,
        "kind": SOURCE_KINDS,
        "proximity": PROXIMITIES,
        "class_": SOURCE_CLASSES,
        "ground_rules": GROUND_RULES,
        "anonymity_reason": ANONYMITY_REASONS,
    },
    "Attribution": {
        "load": CUE_LOADS,
        "function": CUE_FUNCTIONS,
        "stance": STANCES,
        "polarity": POLARITIES,
        "determinacy": DETERMINACIES,
    },
    "Verification": {"status": CHECK_STATUSES, "verdict": VERDICTS},
    "ClaimEvidence": {"stance": EVIDENCE_STANCES},
    "Relation": {"kind": RELATION_KINDS},
}
"""By record and field: the only values it may have, besides None. Kinds of entities belong to the project's code book."""
