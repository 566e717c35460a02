"""Chooses what prints: this process, several of their own, or a cluster; loads that alone."""

from careerprint.building.workers import Printers, Workers, processors


def printers_by(executor: str, jobs: int | None) -> Printers:
    """Return what prints: the cluster that `executor` names, or `jobs` processes if it is empty.

    That is this process if it is one, else workers; None stands for as many as this process may
    use processors.
    """
    if executor:
        from careerprint.building.cluster import Cluster

        return Cluster(executor)
    count = jobs or processors()
    if count > 1:
        return Workers(count)
    from careerprint.building.inprocess import InThisProcess

    return InThisProcess()
