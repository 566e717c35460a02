"""Turns a selection into editions, from the build record where nothing about that has changed."""

import json
from dataclasses import astuple

from careerprint.building.record import Origin, Plan, Record
from careerprint.core.edition import Edition, Selection
from careerprint.core.reader import Reader
from careerprint.core.shipped import located
from careerprint.core.sources import Digests
from careerprint.core.versions import all_versions


def selected_editions(
    selection: Selection, reader: Reader, record: Record, *, to_write: bool = True
) -> list[Edition]:
    """Return the editions of the workspace that are selected.

    `to_write` says whether the record may keep them for the next time. Raises Refused for what
    cannot be planned, and OSError where the record cannot be written.
    """
    request = json.dumps(astuple(selection))
    versions = all_versions()
    plan = record.plans(request).get(request)
    if plan and plan.origin.versions == versions:
        sources = plan.origin.sources
        digests = Digests(record.stamps(str(located(reader.root, name)) for name in sources))
        if all(digests.of_source(reader.root, n) == d for n, d in sources.items()):
            return list(plan.editions)
    # Imported here because reading a configuration and layouts loads much that the above does not.
    from careerprint.layouts.configuration import read_configuration
    from careerprint.planning.plan import plan_editions

    planning = reader.fork()
    editions = plan_editions(planning, read_configuration(planning), selection)
    if to_write:
        record.put_plan(request, Plan(tuple(editions), Origin(versions, planning.sources)))
    return editions
