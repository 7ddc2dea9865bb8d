"""How states of applications and offers are shown."""

from cms.rules.supply_demand.supply_states import SupplyState

_TONES = {
    SupplyState.SUBMITTED: "warn",
    SupplyState.REVISION_SUBMITTED: "warn",
    SupplyState.MATCHING_REVISION_SUBMITTED: "warn",
    SupplyState.PUBLISHED: "ok",
    SupplyState.MATCHING: "now",
    SupplyState.CONVERTED: "now",
}


def tone_of(status: str) -> str:
    """Return the color of a state's badge; an ended one has none."""
    return _TONES.get(SupplyState(status), "")
