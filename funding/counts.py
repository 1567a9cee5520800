"""What home only counts of funding, to say what is to be set up."""

from banding.models import Framework
from banding_portal.counting import Counted
from banding_portal.roles import ADMINISTRATOR
from funding.models import BandValue, FundingPolicy, Period
from schools.models import User


def counts_of(user: User) -> Counted:
    if not user.has_role(*ADMINISTRATOR):
        return {}
    return {
        "values": BandValue.objects.exclude(annual_value=None),
        "periods": Period.objects.all(),
        "policies": FundingPolicy.objects.all(),
        "framework_codes": Framework.objects.order_by().values("code").distinct(),
    }
