from dataclasses import replace

from desk.model.people import Contact
from handlers.teams.address import (
    Address,
    Place,
    activity_id,
    comms_contact,
    contact_of,
    message_id,
    read_address,
)

THREAD = "19:policy@thread.tacv2;messageid=17"
CHANNEL = Address(THREAD, Place.CHANNEL, "tenant", "28:bot")


def test_an_address_comes_back_from_the_desk_as_it_went() -> None:
    assert read_address(contact_of(CHANNEL)) == CHANNEL


def test_an_asker_among_several_people_is_part_of_the_address() -> None:
    theirs = replace(CHANNEL, asker="29:ann")
    assert read_address(contact_of(theirs)) == theirs
    assert contact_of(theirs) != contact_of(CHANNEL)


def test_an_address_stored_without_an_asker_stays_the_same() -> None:
    stored = '{"bot": "28:bot", "conversation": "a:1", "place": "personal", "tenant": "tenant"}'
    address = Address("a:1", Place.PERSONAL, "tenant", "28:bot")
    assert contact_of(address) == Contact("teams", stored)
    assert read_address(Contact("teams", stored)) == address


def test_a_thread_knows_its_channel_and_the_post_that_began_it() -> None:
    assert (CHANNEL.channel, CHANNEL.post) == ("19:policy@thread.tacv2", "17")


def test_a_chat_has_no_post() -> None:
    assert Address("a:1", Place.PERSONAL, "tenant", "28:bot").post == ""


def test_settings_name_a_channel_or_a_group_chat() -> None:
    named = read_address(comms_contact("19:policy@thread.tacv2", "tenant", "app"))
    assert (named.place, named.bot) == (Place.CHANNEL, "28:app")
    assert read_address(comms_contact("19:x@thread.v2", "tenant", "")).place is Place.GROUP


def test_the_ids_of_two_conversations_differ_and_are_short() -> None:
    long = "a:" + "x" * 300
    assert message_id(long, "1") != message_id(long + "y", "1")
    assert len(message_id(long, "1")) < 40
    assert activity_id(message_id(long, "1:with:colons")) == "1:with:colons"


def test_a_contact_is_the_same_text_for_the_same_place() -> None:
    again = Contact("teams", contact_of(read_address(contact_of(CHANNEL))).address)
    assert again == contact_of(CHANNEL)
