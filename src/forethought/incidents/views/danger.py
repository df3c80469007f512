"""What to do in danger: a page that needs nothing, no vault and no way in, since there may be no time for either."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def danger(request: HttpRequest) -> HttpResponse:
    """Show whom to call."""
    return render(request, "incidents/danger.html")
