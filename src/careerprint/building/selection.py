"""Turns a selection into editions; where nothing has changed, the build record knows them."""

import json
from contextlib import suppress
from dataclasses import astuple

from careerprint.building.freshness import Freshness
from careerprint.building.record import Plan, Record
from careerprint.core.edition import Edition, Selection
from careerprint.core.reader import Reader
from careerprint.core.sources import Digests


def selected_editions(
    selection: Selection, reader: Reader, record: Record, *, to_write: bool = True
) -> list[Edition]:
    """Return the editions of the workspace that are selected.

    `to_write` says whether the record may keep them for the next time. Raises Refused for what
    cannot be planned.
    """
    request = json.dumps(astuple(selection))
    freshness = Freshness(reader.root, Digests(record.stamps()))
    plan = record.plans(request).get(request)
    if plan and freshness.is_current(plan.origin):
        return list(plan.editions)
    # Imported here because reading a configuration and layouts loads much that the above does not.
    from careerprint.layouts.configuration import read_configuration
    from careerprint.planning.plan import plan_editions

    planning = reader.fork()
    editions = plan_editions(planning, read_configuration(planning), selection)
    if to_write:
        with suppress(OSError):  # they are planned again the next time
            record.put_plan(request, Plan(tuple(editions), freshness.origin(planning.sources)))
    return editions
