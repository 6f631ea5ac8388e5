"""What the buttons and links for askers say, the same on every surface.

The labels of what comms may do with a case are in case_actions.
"""

HELPFUL = "Helpful"
NOT_HELPFUL = "Not helpful"
REMARK = "What was missing?"
ASK_THE_TEAM = "ask the communications team"  # within a sentence
ASK_COMMS = ASK_THE_TEAM.capitalize()
ASK_UNNAMED = "Ask without my name"
SHARE_CONTACT_DETAILS = "Share contact details in my question"
DOES_THIS_ANSWER = "Does this answer you?"
"""Asked with YES (a verdict: helpful) and NO (asks comms) under a published answer that was
given to another question."""
YES = "Yes"
NO = f"No, {ASK_THE_TEAM}"
THIS_ANSWERS = "This answers me"
"""Under each of the sections that may answer; NONE asks comms."""
NONE = f"None: {ASK_THE_TEAM}"
WHOLE_CLAUSE = "Whole clause"
WITHDRAW = "Withdraw {ref}"
WITHDRAW_QUESTION = "Withdraw question"
ADD = "Add to {ref}"
ADD_DETAILS = "Add details"
EDIT_QUESTION = "Edit question"
