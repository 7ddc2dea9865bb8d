"""What other rooms put on the page of an offer."""

from django import template
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.safestring import SafeString

from cms.supply_demand.models import OfferPage

register = template.Library()


@register.simple_tag(takes_context=True)
def interest_button(context: Context, offer: OfferPage) -> SafeString:
    """Return the button 表达合作意向 of the matching room, for a listed offer."""
    if not offer.is_listed:
        return SafeString("")
    try:
        button = get_template("demands/_interest_button.html")
    except TemplateDoesNotExist:
        return SafeString("")
    return button.render({"offer": offer}, context.get("request"))
