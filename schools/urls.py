"""Addresses of schools."""

from django.urls import path

from schools.contacts.urls import urlpatterns as contacts
from schools.information_sheets.urls import urlpatterns as information_sheets
from schools.looks.urls import urlpatterns as looks
from schools.queries.urls import urlpatterns as queries
from schools.resources.urls import urlpatterns as resources
from schools.training.urls import urlpatterns as training
from schools.views import (
    account,
    arrangements,
    choosing,
    conversions,
    corrections,
    demonstration,
    import_records,
    imports,
    invitations,
    lists,
    merges,
    people,
    pupil_changes,
    pupils,
    register,
    sectors,
    spellings,
    staff,
)

app_name = "schools"
urlpatterns = [
    path("schools/", register.SchoolList.as_view(), name="school_list"),
    path("schools/find/", choosing.SchoolFind.as_view(), name="school_find"),
    path("schools/<uuid:pk>/", register.SchoolDetail.as_view(), name="school_detail"),
    path("schools/without/", arrangements.ArrangementList.as_view(), name="arrangement_list"),
    path(
        "schools/without/new/",
        arrangements.ArrangementCreate.as_view(),
        name="arrangement_create",
    ),
    path(
        "schools/without/<uuid:pk>/edit/",
        arrangements.ArrangementEdit.as_view(),
        name="arrangement_edit",
    ),
    path("schools/became/", conversions.ConversionList.as_view(), name="conversion_list"),
    path("schools/<uuid:pk>/became/", conversions.ConversionPage.as_view(), name="conversion"),
    path("schools/<uuid:pk>/people/", staff.StaffList.as_view(), name="staff_list"),
    path("schools/sectors/<uuid:pk>/", sectors.SectorCorrect.as_view(), name="sector_correct"),
    path("quadrants/", register.QuadrantList.as_view(), name="quadrant_list"),
    path("quadrants/<uuid:pk>/edit/", register.QuadrantEdit.as_view(), name="quadrant_edit"),
    path("quadrants/upload/", lists.QuadrantUploadCreate.as_view(), name="quadrant_upload"),
    path(
        "quadrants/uploads/<uuid:pk>/",
        lists.QuadrantUploadDetail.as_view(),
        name="quadrant_upload_detail",
    ),
    path("quadrants/export/", lists.QuadrantExport.as_view(), name="quadrant_export"),
    path("pupils/", pupils.PupilList.as_view(), name="pupil_list"),
    path("pupils/new/", pupil_changes.PupilCreate.as_view(), name="pupil_create"),
    path("pupils/closed-schools/", conversions.StrandedList.as_view(), name="stranded_list"),
    path("pupils/duplicates/", merges.DuplicateList.as_view(), name="duplicate_list"),
    path("pupils/<uuid:one>/and/<uuid:other>/", merges.PairPage.as_view(), name="pair"),
    path("merges/<uuid:pk>/undo/", merges.MergeUndo.as_view(), name="merge_undo"),
    path("pupils/<uuid:pk>/", pupils.PupilDetail.as_view(), name="pupil_detail"),
    path("pupils/<uuid:pk>/edit/", pupil_changes.PupilEdit.as_view(), name="pupil_edit"),
    path(
        "pupils/<uuid:pk>/placements/new/",
        pupil_changes.PlacementAdd.as_view(),
        name="placement_add",
    ),
    path("pupils/<uuid:pk>/plans/new/", pupil_changes.PlanAdd.as_view(), name="plan_add"),
    path("placements/<uuid:pk>/end/", pupil_changes.PlacementEnd.as_view(), name="placement_end"),
    path("plans/<uuid:pk>/end/", pupil_changes.PlanEnd.as_view(), name="plan_end"),
    path(
        "placements/<uuid:pk>/correct/",
        corrections.PlacementCorrect.as_view(),
        name="placement_correct",
    ),
    path(
        "placements/<uuid:pk>/remove/",
        corrections.PlacementRemove.as_view(),
        name="placement_remove",
    ),
    path("plans/<uuid:pk>/correct/", corrections.PlanCorrect.as_view(), name="plan_correct"),
    path("plans/<uuid:pk>/remove/", corrections.PlanRemove.as_view(), name="plan_remove"),
    path("history/<uuid:pk>/correct/", corrections.FactCorrect.as_view(), name="fact_correct"),
    path("history/<uuid:pk>/remove/", corrections.FactRemove.as_view(), name="fact_remove"),
    path(
        "corrections/<uuid:pk>/undo/",
        corrections.CorrectionUndo.as_view(),
        name="correction_undo",
    ),
    path("help/values/", spellings.SpellingList.as_view(), name="spelling_list"),
    path("imports/", imports.ImportHome.as_view(), name="import_home"),
    path("imports/changes/", import_records.ImportList.as_view(), name="import_list"),
    path("imports/changes/<uuid:pk>/", import_records.ImportDetail.as_view(), name="import_detail"),
    path(
        "imports/changes/<uuid:pk>/undo/", import_records.ImportUndo.as_view(), name="import_undo"
    ),
    path(
        "imports/register/<uuid:pk>/meanings/",
        imports.RegisterMeanings.as_view(),
        name="register_meanings",
    ),
    path("imports/register/words/", imports.RegisterWords.as_view(), name="register_words"),
    path(
        "imports/register/words/load/",
        imports.RegisterWordsUpload.as_view(),
        name="register_words_load",
    ),
    path("imports/register/new/", imports.RegisterUploadCreate.as_view(), name="register_upload"),
    path(
        "imports/register/<uuid:pk>/",
        imports.RegisterUploadDetail.as_view(),
        name="register_upload_detail",
    ),
    path("people/own/", register.PeopleOfOwnSchools.as_view(), name="own_staff"),
    path("people/", people.PersonList.as_view(), name="person_list"),
    path("people/roles/<uuid:pk>/", people.RoleRequestPage.as_view(), name="role_request"),
    path("people/invite/", people.PersonInvite.as_view(), name="person_invite"),
    path("people/invite/all/", invitations.InvitationRoundCreate.as_view(), name="invite_all"),
    path(
        "people/invitations/<uuid:pk>/",
        invitations.InvitationRoundDetail.as_view(),
        name="invitation_round",
    ),
    path("people/upload/", lists.PeopleUploadCreate.as_view(), name="people_upload"),
    path(
        "people/uploads/<uuid:pk>/",
        lists.PeopleUploadDetail.as_view(),
        name="people_upload_detail",
    ),
    path("people/export/", lists.PeopleExport.as_view(), name="people_export"),
    path("people/<uuid:pk>/", people.PersonDetail.as_view(), name="person_detail"),
    path("people/<uuid:pk>/edit/", people.PersonEdit.as_view(), name="person_edit"),
    path(
        "people/<uuid:pk>/deactivate/",
        people.PersonDeactivate.as_view(),
        name="person_deactivate",
    ),
    path("people/roles/<uuid:pk>/end/", people.RoleEnd.as_view(), name="role_end"),
    path("invitations/<str:token>/", account.InvitationPage.as_view(), name="invitation"),
    path("addresses/<str:token>/", account.AddressPage.as_view(), name="address"),
    path("demonstration/sign-in/", demonstration.DemoSignIn.as_view(), name="demo_sign_in"),
    path("account/", account.AccountPage.as_view(), name="account"),
    *contacts,
    *looks,
    *queries,
    *training,
    *resources,
    *information_sheets,
]
