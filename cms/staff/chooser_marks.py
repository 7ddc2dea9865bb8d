"""Wagtail's choosers without the inline script that starts each of them.

Wagtail 8.0 writes the script in `BaseChooser.render`, where no nonce is at hand; the
admin's policy refuses it. `static/staff/choosers.js` starts what is marked here.
"""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser


def mark_choosers() -> None:
    """Let every chooser leave a mark in place of its script."""
    BaseChooser.render = _render


def _render(
    chooser: BaseChooser,
    name: str,
    value: Any,
    attrs: dict[str, Any],
    renderer: object = None,
) -> SafeString:
    chosen = chooser.get_value_data(value)
    options = chooser.get_js_init_options(attrs["id"], name, chosen)
    return format_html(
        '{}<template data-chooser="{}" data-input="{}" data-config="{}"></template>',
        chooser.render_html(name, chosen, attrs),
        chooser.js_constructor,
        attrs["id"],
        json.dumps(options),
    )
