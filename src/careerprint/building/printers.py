"""Chooses what prints: this process, several others, or a cluster; loads no more than that."""

from contextlib import AbstractContextManager

from careerprint.building.workers import Printers, Workers, processors


def printers_by(executor: str, jobs: int | None) -> AbstractContextManager[Printers]:
    """Return what prints: the cluster that `executor` names, or `jobs` processes if it is empty.

    With one, this process prints; with more, workers do. None stands for the number of processors
    that this process may use. Leaving the context ends what was started.
    """
    if executor:
        from careerprint.building.cluster import Cluster

        return Cluster(executor)
    count = jobs or processors()
    if count > 1:
        return Workers(count)
    from careerprint.building.inprocess import InThisProcess

    return InThisProcess()
