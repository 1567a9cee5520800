"""Addresses of the portal; each app has its own."""

from django.urls import include, path

from banding_portal.audit_trail.views import AuditList
from banding_portal.demo_mail import DemoMailDetail, DemoMailList
from banding_portal.finding.views import Find
from banding_portal.mails.views import MailAgain, MailDetail, MailList, ReceiptTake
from banding_portal.notices.views import NoticesPage, OpenNews
from banding_portal.sign_in.views import SignInList
from banding_portal.views import HomeView, SessionStatus

urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("find/", Find.as_view(), name="find"),
    path("session/", SessionStatus.as_view(), name="session"),
    path("news/<int:pk>/", OpenNews.as_view(), name="open_news"),
    path("account/notices/", NoticesPage.as_view(), name="notices"),
    path("emails/", MailList.as_view(), name="mail_list"),
    path("emails/receipts/", ReceiptTake.as_view(), name="mail_receipt"),
    path("emails/<slug:source>/<str:row>/", MailDetail.as_view(), name="mail_detail"),
    path("emails/<slug:source>/<str:row>/again/", MailAgain.as_view(), name="mail_again"),
    path("audit/", AuditList.as_view(), name="audit"),
    path("sign-ins/", SignInList.as_view(), name="sign_in_list"),
    path("demonstration/mail/", DemoMailList.as_view(), name="demo_mail_list"),
    path(
        "demonstration/mail/<str:name>/<int:number>/",
        DemoMailDetail.as_view(),
        name="demo_mail_detail",
    ),
    path("accounts/", include("banding_portal.account_urls")),
    path("", include("schools.urls")),
    path("", include("banding.urls")),
    path("", include("moderation.urls")),
    path("", include("funding.urls")),
    path("", include("banding_portal.public_texts.urls")),
    path("help/", include("banding_portal.help.urls")),
]

handler403 = "banding_portal.error_views.wrong_role"
handler500 = "banding_portal.error_views.server_error"
