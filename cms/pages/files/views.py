"""Serves private files to those who may read them."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from cms.core import clock, private_files


@require_GET
@login_required
@never_cache
def private_file(request: HttpRequest, file_id: int) -> FileResponse:
    """Send one file as a download; a foreign one does not exist (404)."""
    file = private_files.open_for(request.actor, file_id, at=clock.now())  # type: ignore[attr-defined]
    response = FileResponse(
        file.file.open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type=file.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
