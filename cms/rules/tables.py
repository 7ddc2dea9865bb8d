"""Every state table of the product, for diagrams, documents and tests."""

from cms.rules.achievements import ACHIEVEMENT_TABLE
from cms.rules.asset_ledger.entries import LEDGER_ENTRY
from cms.rules.asset_ledger.stages import LEDGER_STAGE
from cms.rules.empowerment import EMPOWERMENT
from cms.rules.equity_investment import EQUITY_INVESTMENT
from cms.rules.liability_exemption import LIABILITY_EXEMPTION
from cms.rules.notices.states import ANNOUNCEMENT, NOTICE
from cms.rules.objections import NEGOTIATED_OBJECTION, OBJECTION
from cms.rules.parties import VERIFICATION
from cms.rules.pilot_units import PILOT_UNIT
from cms.rules.recordal.states import RECORDAL_TASK
from cms.rules.rewards import REWARD
from cms.rules.signed_papers import SIGNED_PAPER
from cms.rules.state_machine import StateTable
from cms.rules.supply_demand.agreement_states import AGREEMENT
from cms.rules.supply_demand.calls import CALL, EVENT
from cms.rules.supply_demand.demand_states import DEMAND
from cms.rules.supply_demand.matching import MATCH
from cms.rules.supply_demand.payment_states import PAYMENT
from cms.rules.supply_demand.supply_states import SUPPLY
from cms.rules.technology_managers import TECHNOLOGY_MANAGER
from cms.rules.trading.auctions import AUCTION
from cms.rules.trading.listings import LISTING
from cms.rules.trading.negotiations import NEGOTIATION
from cms.rules.trading.use_then_transfer import FREE_LICENSE, USE_THEN_TRANSFER

TABLES: tuple[StateTable, ...] = (
    EMPOWERMENT,
    NOTICE,
    ANNOUNCEMENT,
    LISTING,
    NEGOTIATION,
    AUCTION,
    OBJECTION,
    NEGOTIATED_OBJECTION,
    USE_THEN_TRANSFER,
    FREE_LICENSE,
    SUPPLY,
    AGREEMENT,
    PAYMENT,
    RECORDAL_TASK,
    DEMAND,
    CALL,
    EVENT,
    MATCH,
    SIGNED_PAPER,
    LEDGER_ENTRY,
    LEDGER_STAGE,
    REWARD,
    TECHNOLOGY_MANAGER,
    LIABILITY_EXEMPTION,
    PILOT_UNIT,
    EQUITY_INVESTMENT,
    ACHIEVEMENT_TABLE,
    VERIFICATION,
)
