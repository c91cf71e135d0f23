"""Corrections of what is looked up or computed: day, place, number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from allegedly.errors import UsageError
from allegedly.records.claims import Claim, ClaimNumber, ClaimPlace
from allegedly.records.codes import MEASURES, PLACE_PRECISIONS, Qualifier
from allegedly.records.daterange import DATE_PRECISIONS
from allegedly.records.ledger import DateRow, Number
from allegedly.review.words import chosen, find_span, number, verbatim

_COORDINATES: Final = {"place_latitude": (-90, 90), "place_longitude": (-180, 180), "place_radius": (0, 20_038)}


def fix_date(claim: Claim, text: str, given: Mapping[str, str]) -> Claim:  # noqa: ARG001  # as the others
    """Give the claim other days; what is given counts as stated."""
    old = claim.date
    earliest = _day(given["earliest"], "earliest") if "earliest" in given else old.earliest
    latest = _day(given["latest"], "latest") if "latest" in given else old.latest
    if earliest is not None and latest is not None and latest < earliest:
        raise UsageError(f"latest: {latest} is before {earliest}", hint="give the first day as earliest")
    if (earliest, latest) == (None, None):
        return replace(claim, date=DateRow())
    wanted = given.get("date_precision", "")
    if wanted:
        precision: str | None = chosen(wanted, DATE_PRECISIONS, field="date_precision")
    elif (earliest, latest) == (old.earliest, old.latest):
        return claim
    else:
        precision = "open" if None in (earliest, latest) else "day" if earliest == latest else "range"
    return replace(claim, date=DateRow(earliest, latest, precision, "stated"))


def _day(given: str, field: str) -> str | None:
    if not given:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise UsageError(f"{field}: {given!r} is no day", hint="write it as 2024-05-07") from error


def fix_place(claim: Claim, text: str, given: Mapping[str, str]) -> Claim:
    """Give the claim another place, or the same words another place in the gazetteer."""
    words = given.get("place")
    if words == "":
        return replace(claim, place=None)
    place = claim.place
    if words is not None:
        span = find_span(text, words, field="place", near=claim.passage)
        if place is None or place.span != span:
            found = verbatim(text, span)
            place = ClaimPlace("", span, found, found)
    if place is None:
        raise UsageError("place: its words are missing", hint="say where the text names it")
    values = _place_values(given)
    placed = replace(place, **values)
    if (placed.latitude is None) != (placed.longitude is None):
        raise UsageError("place_latitude: it needs a longitude, and the other way round", hint="give both or neither")
    if placed.precision == "country":
        placed = replace(placed, latitude=None, longitude=None, radius=None)  # a country is never a point of an event
    moved = {"gazetteer", "latitude", "longitude", "country"} & values.keys()
    return replace(claim, place=replace(placed, region=None, claimants=()) if moved and placed != place else placed)


def _place_values(given: Mapping[str, str]) -> dict[str, Any]:
    """Read what is known of a place."""
    values: dict[str, Any] = {}
    for field, (least, most) in _COORDINATES.items():
        if field in given:
            values[field.removeprefix("place_")] = number(given[field], field=field, least=least, most=most)
    for field in ("place_gazetteer", "place_country"):
        if field in given:
            values[field.removeprefix("place_")] = given[field] or None
    if given.get("place_name"):
        values["name"] = given["place_name"]
    if "place_precision" in given:
        wanted = given["place_precision"]
        values["precision"] = chosen(wanted, PLACE_PRECISIONS, field="place_precision") if wanted else None
    return values


def fix_numbers(claim: Claim, text: str, given: Mapping[str, str]) -> Claim:
    """Put one number in the place of all of its measure, or take these out."""
    if "measure" not in given:
        raise UsageError("measure: it is missing", hint="say what the number counts")
    measure = chosen(given["measure"], MEASURES, field="measure")
    old = [item for item in claim.numbers if item.measure == measure]
    words = given.get("number")
    others = tuple(item for item in claim.numbers if item.measure != measure)
    if words == "":
        return replace(claim, numbers=others)
    if words is None and len(old) != 1:
        raise UsageError(f"number: the claim has {len(old)} numbers of {measure}", hint="give the words of the number")
    span = old[0].span if words is None else find_span(text, words, field="number", near=claim.passage)
    same = next((item for item in old if item.span == span), None)
    bounds = {
        name: number(given[name], field=name, least=0) if name in given else getattr(same, name, None)
        for name in ("low", "best", "high")
    }
    made = ClaimNumber(
        same.id if same else "", measure, span, verbatim(text, span), **bounds, qualifier=_qualifier(**bounds)
    )
    kept = same if same and bounds == {name: getattr(same, name) for name in bounds} else made
    if kept is same and len(old) == 1:
        return claim
    return replace(claim, numbers=tuple(sorted((*others, kept), key=lambda item: item.span)))


def _qualifier(low: Number | None, best: Number | None, high: Number | None) -> Qualifier:
    """Say how bounds bound a number."""
    known = [value for value in (low, best, high) if value is not None]
    if known != sorted(known):
        raise UsageError("low, best, high: they are not in order", hint="give the smallest value as low")
    if best is not None:
        return "exact" if {low, high} <= {best, None} else "about"
    if low is not None and high is not None:
        return "range"
    return "at_least" if low is not None else "up_to" if high is not None else "vague"
