import json

from knowledge.clause_json import as_json
from knowledge.documents.reading import read_string


def test_a_clause_is_printed_as_the_command_line_promises() -> None:
    text = "4. Guidance to employees\n\nYou should:\n\n(a) Not lend keys.\n"
    policy = read_string(text, "any").policy
    assert json.loads(json.dumps(as_json(policy.clauses[1]))) == {
        "section": "4(a)",
        "heading": "Guidance to employees",
        "path": ["Guidance to employees"],
        "text": "Not lend keys.",
        "audience": ["staff", "manager"],
        "sentences": [{"text": "Not lend keys.", "obligation": "should not"}],
    }
