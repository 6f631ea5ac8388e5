"""What the conversation in the terminal says about itself."""

from handlers.conversation.button_labels import ASK_THE_TEAM

WELCOME = "Ask what the policy says, in your own words. Type /help for commands, /quit to leave."
HELP = f"""\
QUESTION            ask a question
unnamed: QUESTION   hide your name from the communications team, if they get the question
keep: QUESTION      show them the e-mail addresses, numbers and postcodes in it
NUMBER              choose one of the choices under a reply
/helpful            the last answer helped (also /yes)
/answers NUMBER     the section with this number answers your last question
/not-helpful WHY    it did not; say why if you like
/comms [unnamed]    {ASK_THE_TEAM} your last question (also /no)
/cases              list your cases
/add REF TEXT       add to a case
/edit TEXT          change your last question
/withdraw [REF]     withdraw a case, or your last question
/role ROLE          staff, manager or councillor
/quit               leave"""
