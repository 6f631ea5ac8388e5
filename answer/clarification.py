"""The question back to somebody whose message does not say what they want to know."""

import re

from answer import wording
from answer.assessment import Assessment
from answer.hand_over import closest
from answer.reply import Clarify
from knowledge.policy import Role
from knowledge.reason import Reason

MOST_CHOICES = 3
# Headings that tell nobody whether their question is about them.
SAYS_NO_SUBJECT = re.compile(r"\W*(?:introduction|background|overview|general)?\W*$", re.IGNORECASE)


def clarification(assessed: Assessment) -> Clarify:
    """With the headings of the likeliest parts that are for the asker's role."""
    role = assessed.reading.question.role
    titles = [
        clause.heading
        for clause in assessed.ranking.clauses
        if not SAYS_NO_SUBJECT.match(clause.heading) and role in (clause.audience or Role)
    ]
    choices = tuple(dict.fromkeys(titles))[:MOST_CHOICES]
    return Clarify(choices, closest(assessed), assessed.confidence, Reason.VAGUE, wording.CLARIFY)
