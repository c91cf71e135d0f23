"""Who is asking: found out by the door (:mod:`allegedly.web.access`) before any route runs."""

from __future__ import annotations

from starlette.requests import Request

from allegedly.store.people import Role
from allegedly.web.problems import NotAllowed
from allegedly.web.rules import Visitor


def caller_of(request: Request) -> Visitor | None:
    """Give whoever asks; None if they have not signed in."""
    caller: Visitor | None = request.state.visitor
    return caller


def allowed(caller: Visitor, role: Role) -> None:
    """
    Let those pass who may do what a role may.

    Raises:
        NotAllowed: If they may not.
    """
    if not caller.may(role):
        raise NotAllowed(f"this is for {role}s, and {caller.name} is {caller.role}", hint="ask an admin for that role")


def may_undo(caller: Visitor, who: str) -> None:
    """
    Let people take back what they decided, and admins what anybody did.

    Raises:
        NotAllowed: If somebody else decided.
    """
    if caller.name != who and not caller.may("admin"):
        raise NotAllowed(f"{who} decided this, and {caller.name} is no admin", hint="ask them, or an admin")
