"""The table: one row per route. Who may use which methods, and in which states of the thing.

A route that has no row is refused, and stops the build (`manage.py check`). docs/permissions.md tells how to add one.
"""

from fairealliance.config.access import things
from fairealliance.config.access.roles import DESK, EDITORS, EVERYONE, LINK, SIGNED_IN, Role
from fairealliance.config.access.table import (
    ALLAUTH,
    NOWHERE,
    WAGTAIL,
    Row,
    Table,
    reaches,
    reads,
    sends,
    uses,
)
from fairealliance.config.access.things import from_where
from fairealliance.contributions.life import Verb

_REPORTERS = EDITORS | {Role.CORRESPONDENT}
_LIFE = "contributions.life"


def _public() -> tuple[Row, ...]:
    """What anybody reads."""
    everyone = (reads(EVERYONE),)
    return (
        Row("healthz robots favicon", everyone),
        Row("design:gallery design:chart-sample design:error-sample design:style", everyone),
        Row("provenance:sources provenance:licences provenance:guide", everyone),
        Row("provenance:guide-page", everyone, of=things.GUIDE),
        Row("search:explore search:feed", everyone),
        Row("audience:index audience:chart audience:csv audience:json", everyone),
        Row("kits:page kits:pdf", everyone),
        Row("pages:atom pages:rss pages:site-card pages:sitemap pages:sitemap-part", everyone),
        Row("territories:index territories:suggestions", everyone),
        Row("territories:by-code territories:detail", everyone, of=things.TERRITORY),
        Row("territories:figures-csv territories:figures-json", everyone, of=things.TERRITORY),
        Row("reports:page reports:pdf reports:page-by-code reports:pdf-by-code", everyone, of=things.TERRITORY),
        Row("alliances:of-territory alliances:of-territory-by-code", everyone, of=things.TERRITORY),
        Row("organisations:index organisations:suggestions", everyone),
        Row("organisations:by-number organisations:detail", everyone, of=things.ORGANISATION),
        Row("organisations:establishments", everyone, of=things.ORGANISATION),
        Row("practices:index", everyone),
        Row("practices:by-number practices:detail", everyone, of=things.PRACTICE),
        Row("practices:of-organisation", everyone, of=things.ORGANISATION),
        Row("practices:of-resource", everyone, of=things.RESOURCE),
        Row("resources:index resources:collections", everyone),
        Row("resources:by-number resources:detail", everyone, of=things.RESOURCE),
        Row("resources:of-organisation", everyone, of=things.ORGANISATION),
        Row("resources:collection", (reads(EVERYONE, "published"),), of=things.COLLECTION),
        Row("atlas:index atlas:cross atlas:cross-download", everyone),
        Row("atlas:indicator atlas:download", everyone, of=things.FIGURE),
        Row("observatory:index observatory:feed observatory:template", everyone),
        Row("observatory:studies observatory:studies-file observatory:series-index", everyone),
        Row("observatory:study observatory:study-file", (reads(EVERYONE, "published"),), of=things.STUDY),
        Row("observatory:question observatory:question-file", (reads(EVERYONE, "published"),), of=things.STUDY),
        Row("observatory:series observatory:embed observatory:series-file", everyone, of=things.SERIES),
        Row("sheets:home sheets:act sheets:pdf", everyone),
        Row("sheets:share", (sends(EVERYONE),), judge="sheets.permissions.can_share"),
        Row("sheets:shared sheets:shared_pdf", everyone, of=things.SHEET),
    )


def _roadmap() -> tuple[Row, ...]:
    everyone = (reads(EVERYONE),)
    return (
        Row("roadmap:programmes", everyone),
        Row("roadmap:index roadmap:measure roadmap:timeline", everyone, of=things.PROGRAMME),
        Row("roadmap:by-facilitator roadmap:by-territory", everyone, of=things.PROGRAMME),
        Row("roadmap:compare roadmap:feed roadmap:export-csv roadmap:export-xlsx", everyone, of=things.PROGRAMME),
        Row("roadmap:progress roadmap:progress-pdf roadmap:progress-docx", everyone, of=things.PROGRAMME),
        Row("roadmap:progress-pdf-beside roadmap:progress-docx-beside", everyone, of=things.PROGRAMME),
        Row("roadmap:my-measures", (reads(SIGNED_IN),), of=things.PROGRAMME),
        Row(
            "roadmap:my-report",
            (uses(_REPORTERS, "own"), uses(EDITORS, "of_others")),
            of=things.MEASURE,
            judge="roadmap.permissions.can_report",
        ),
    )


def _api() -> tuple[Row, ...]:
    """Public things only, read only: whoever asks gets the same."""
    return (
        Row("api-docs api-schema", (reads(EVERYONE),)),
        Row("api-root api-nothing", (), judge=NOWHERE),
        Row("api-v1:openapi-json api-v1:api-root", ()),
        Row("api-v1:search api-v1:sheet api-v1:territories", (reads(EVERYONE),)),
        Row("api-v1:catalysts api-v1:coverage", (reads(EVERYONE),)),
        Row("api-v1:catalyst", (reads(EVERYONE, "listed"),), of=things.CATALYST),
        Row("api-v1:programmes api-v1:studies api-v1:all_series api-v1:answer_rates", (reads(EVERYONE),)),
        Row("api-v1:territory api-v1:comparable", (reads(EVERYONE),), of=things.TERRITORY),
        Row("api-v1:programme api-v1:measure", (reads(EVERYONE),), of=things.PROGRAMME),
        Row("api-v1:study", (reads(EVERYONE, "published"),), of=things.STUDY),
        Row("api-v1:series", (reads(EVERYONE),), of=things.SERIES),
        Row("api-v1:practice", (reads(EVERYONE),), of=things.PRACTICE),
        Row("api-v1:organisation", (reads(EVERYONE),), of=things.ORGANISATION),
        Row("api-v1:resource", (reads(EVERYONE),), of=things.RESOURCE),
    )


def _accounts() -> tuple[Row, ...]:
    """Signing in is django-allauth's; what is ours, one does for oneself only."""
    return (
        Row("accounts:account accounts:erase", (uses(SIGNED_IN),)),
        Row("accounts:own-data accounts:own-data-json accounts:own-data-archive", (reads(SIGNED_IN),)),
        Row("accounts:space usersessions_list", (reads(SIGNED_IN),)),
        Row("accounts:end-session", (sends(SIGNED_IN, "own"),), of=things.SESSION),
        Row("accounts:end-sessions", (sends(SIGNED_IN),)),
        Row("accounts:erased", (reads(EVERYONE),)),
        Row("accounts:enter-by-link", (uses(EVERYONE, "good"),), of=things.MAIL_LINK, judge="accounts.mail_link.read"),
        Row("account_signup account_login account_logout", (uses(EVERYONE),), judge=ALLAUTH),
        Row("account_request_login_code account_confirm_login_code", (uses(EVERYONE),), judge=ALLAUTH),
        Row("account_inactive account_email_verification_sent", (reads(EVERYONE),), judge=ALLAUTH),
        Row("account_confirm_email", (uses(EVERYONE),), judge=ALLAUTH),
        Row("account_reset_password account_reset_password_from_key", (uses(EVERYONE),), judge=ALLAUTH),
        Row("account_reset_password_done account_reset_password_from_key_done", (reads(EVERYONE),), judge=ALLAUTH),
        Row("mfa_authenticate mfa_login_webauthn", (uses(EVERYONE),), judge=ALLAUTH),
        Row("socialaccount_login_cancelled socialaccount_login_error", (reads(EVERYONE),), judge=ALLAUTH),
        Row("socialaccount_signup", (uses(EVERYONE),), judge=ALLAUTH),
        Row("openid_connect_login openid_connect_callback", (uses(EVERYONE),), judge=ALLAUTH),
        Row("account_email account_change_password account_set_password", (uses(SIGNED_IN),), judge=ALLAUTH),
        Row("account_reauthenticate mfa_reauthenticate", (uses(SIGNED_IN),), judge=ALLAUTH),
        Row("mfa_reauthenticate_webauthn socialaccount_connections", (uses(SIGNED_IN),), judge=ALLAUTH),
        Row("mfa_index mfa_view_recovery_codes mfa_download_recovery_codes", (reads(SIGNED_IN),), judge=ALLAUTH),
        Row("mfa_activate_totp mfa_deactivate_totp mfa_generate_recovery_codes", (uses(SIGNED_IN),), judge=ALLAUTH),
        Row("mfa_list_webauthn", (reads(SIGNED_IN),), judge=ALLAUTH),
        Row("mfa_add_webauthn", (uses(SIGNED_IN),), judge=ALLAUTH),
        Row("mfa_remove_webauthn mfa_edit_webauthn", (uses(SIGNED_IN, "own"),), of=things.KEY),
    )


def _mailing() -> tuple[Row, ...]:
    """The link at the foot of a letter is its own proof: whoever has it may stop these letters, and no more."""
    return (
        Row("mailing:preferences", (uses(SIGNED_IN),)),
        Row("mailing:unsubscribe", (uses(EVERYONE, "good"),), of=things.WAY_OUT, judge="mailing.unsubscribing.read"),
    )


def _members() -> tuple[Row, ...]:
    """For whom one acts. To whoever does not act for it, the team of an organisation does not exist."""
    acting, led = ("administered", "alone", "acted_for"), ("administered", "alone")
    judge = "organisations.permissions.can_administer"
    return (
        Row("members:mine members:find", (reads(SIGNED_IN),)),
        Row("members:create", (uses(SIGNED_IN),)),
        Row("members:join", (uses(SIGNED_IN),), of=things.ORGANISATION),
        Row("members:send-code", (sends(SIGNED_IN),), of=things.ORGANISATION, judge="organisations.domains.proves"),
        Row("members:code", (uses(SIGNED_IN, "own"),), of=things.CLAIM),
        Row("members:withdraw", (sends(SIGNED_IN, "own"),), of=things.CLAIM),
        Row("members:team", (reads(SIGNED_IN, *acting), sends(SIGNED_IN, *led)), of=things.TEAM, judge=judge),
        Row("members:profile", (reads(SIGNED_IN, *acting),), of=things.TEAM),
        Row("members:section members:sites", (uses(SIGNED_IN, *led),), of=things.TEAM, judge=judge),
        Row("members:remove-site", (sends(SIGNED_IN, *led),), of=things.TEAM, judge=judge),
        # Whoever is the last to administer it leaves somebody behind; whoever is alone gives it back instead.
        Row("members:leave", (reads(SIGNED_IN, *acting), sends(SIGNED_IN, "administered", "acted_for")), of=things.TEAM,
            judge="organisations.members.alone.require_another"),
        Row("members:role members:remove", (uses(SIGNED_IN, *led),), of=things.TEAM, judge=judge),
        Row("members:entrust", (reads(SIGNED_IN, *led), sends(SIGNED_IN, "alone")), of=things.TEAM, judge=judge),
        Row("members:cancel-invitation", (sends(SIGNED_IN, *led),), of=things.TEAM, judge=judge),
        Row("members:invitation", (reads(EVERYONE, "good"), sends(SIGNED_IN, "good")), of=things.INVITATION,
            judge="organisations.members.invitations.check"),
    )  # fmt: skip


def _needs() -> tuple[Row, ...]:
    """Read as each allows; written and led by the members of its organisation. The secretariat may close."""
    own, of, life = (uses(SIGNED_IN, "own"),), things.OWN_NEED, "needs.life"
    seen = (reads(EVERYONE, "public"), reads(SIGNED_IN, "of_ones_network", "own"))
    judge = "needs.querysets.NeedQuerySet.readable_by"
    return (
        Row("needs:needs needs:offers needs:needs-feed needs:offers-feed", (reads(EVERYONE),)),
        Row("needs:need", seen, of=things.NEED, judge=judge),
        Row("needs:offer", seen, of=things.OFFER, judge=judge),
        Row("needs:by-link", (reads(LINK, "good"),), of=things.NEED_LINK),
        Row("needs:renewal", (uses(LINK, "good", "done"),), of=things.RENEWAL, judge="needs.links.read"),
        Row("my_needs:mine", (reads(SIGNED_IN),)),
        Row("my_needs:begin", (uses(SIGNED_IN),), judge="organisations.permissions.can_act_for"),
        Row("my_needs:edit", own, of=of, judge=life),
        Row("my_needs:review", (reads(SIGNED_IN, "own"),), of=of, judge=life),
        Row("my_needs:autosave my_needs:publish my_needs:discard", (sends(SIGNED_IN, "own"),), of=of, judge=life),
        Row("my_needs:state", (sends(SIGNED_IN, "own"), sends(EDITORS, "of_others")), of=of,
            judge="needs.permissions.can_move"),
    )  # fmt: skip


def _suggestions() -> tuple[Row, ...]:
    """With whom one's organisations could ally, and what is not for them."""
    acting, judge = ("administered", "alone", "acted_for"), "matching.permissions.can_choose_for"
    return (
        Row("suggestions:mine", (reads(SIGNED_IN),)),
        Row("suggestions:where-one-helps", (reads({Role.CATALYST, Role.MEDIATOR}),)),
        Row(
            "suggestions:of-organisation suggestions:refused", (reads(SIGNED_IN, *acting),), of=things.TEAM, judge=judge
        ),
        Row("suggestions:refuse", (uses(SIGNED_IN, *acting),), of=things.TEAM, judge=judge),
        Row("suggestions:restore", (sends(SIGNED_IN, *acting),), of=things.TEAM, judge=judge),
    )


def _network() -> tuple[Row, ...]:
    """Those who consent are read by all; a profile is its owner's, a request its asker's and whoever's turn it is."""
    of, judge = things.SUPPORT, "network.permissions.can_accept"
    return (
        Row("network:catalysts network:coverage network:coverage-csv", (reads(EVERYONE),)),
        Row("network:catalyst", (reads(EVERYONE, "listed"),), of=things.CATALYST),
        Row("my_network:profile my_network:ask my_network:remove", (uses(SIGNED_IN),)),
        Row("my_network:consent", (sends(SIGNED_IN),)),
        Row("my_network:requests", (reads(SIGNED_IN),)),
        Row("my_network:mediated", (reads({Role.MEDIATOR}),)),
        Row(
            "my_network:request",
            (
                reads(SIGNED_IN, "own"),
                reads({Role.CATALYST}, "offered_to_one"),
                reads({Role.MEDIATOR}, "in_ones_departement"),
            ),
            of=of,
        ),
        Row(
            "my_network:answer", (sends(SIGNED_IN, "own"), sends({Role.CATALYST}, "offered_to_one")), of=of, judge=judge
        ),
    )


def _introductions() -> tuple[Row, ...]:
    """Both sides lead one; the secretariat sees how it stands, not what was written."""
    of, own, life = things.INTRODUCTION, ("to_answer", "asked_by_own"), "introductions.permissions.can_lead"
    either = (uses(SIGNED_IN, *own),)
    seen = (reads(SIGNED_IN, *own), reads(EDITORS, "of_others"))
    return (
        Row("introductions:answers introductions:answers-file", (reads(EVERYONE),)),
        Row("introductions:durability introductions:durability-file", (reads(EVERYONE),)),
        Row("lasting:index lasting:file", (reads(EVERYONE),)),
        Row("introductions:mine", (reads(SIGNED_IN),)),
        Row("introductions:ask", (uses(SIGNED_IN),), judge="introductions.actions.asking"),
        Row("introductions:follow-up", (reads(LINK, "good", "over"), sends(LINK, "good")), of=things.FOLLOW_UP,
            judge="introductions.links.read"),
        Row("introductions:propose", (uses(SIGNED_IN),), judge="introductions.permissions.can_propose"),
        Row("introductions:detail", seen, of=of, judge="introductions.querysets.IntroductionQuerySet.visible_to"),
        Row("introductions:write", (sends(SIGNED_IN, *own),), of=of, judge="introductions.permissions.can_read_thread"),
        Row("introductions:attachment", (reads(SIGNED_IN, *own),), of=of,
            judge="introductions.permissions.can_read_thread"),
        Row("introductions:accompany", (sends(SIGNED_IN, *own),), of=of,
            judge="introductions.permissions.can_accompany"),
        Row("introductions:accept introductions:decline", (uses(SIGNED_IN, "to_answer"),), of=of, judge=life),
        Row("introductions:withdraw", (uses(SIGNED_IN, "asked_by_own"),), of=of, judge=life),
        Row("introductions:begin introductions:end", either, of=of, judge=life),
    )  # fmt: skip


def _contributions() -> tuple[Row, ...]:
    """A proposal is its link holder's; its files are everyone's while it is published."""
    of, any_state = things.PROPOSAL, things.PROPOSED
    return (
        Row("contributions:index contributions:corrected", (reads(EVERYONE),)),
        Row("contributions:begin", (sends(EVERYONE),)),
        Row("contributions:correct", (uses(EVERYONE),)),
        Row("contributions:file", (reads(EVERYONE, "accepted"),), of=things.FILE),
        Row("contributions:case contributions:own-file", (reads(LINK, *any_state),), of=of),
        Row("contributions:review", (reads(LINK, *things.EDITED),), of=of, judge=_LIFE),
        Row("contributions:step", (uses(LINK, *things.EDITED),), of=of, judge=_LIFE),
        Row("contributions:autosave", (sends(LINK, *things.EDITED),), of=of, judge=_LIFE),
        # Sent again, or taken back again, it is so once.
        Row("contributions:send", (sends(LINK, *from_where(Verb.SEND), *from_where(Verb.ANSWER), "sent", "accepted"),),
            of=of, judge=_LIFE),
        Row("contributions:withdraw", (sends(LINK, *from_where(Verb.WITHDRAW), "withdrawn"),), of=of, judge=_LIFE),
        Row("contributions:answer", (sends(LINK, *things.RECEIVED),), of=of, judge=_LIFE),
        Row("contributions:mail-link", (sends(LINK, *any_state),), of=of),
        Row("contributions:renew", (sends(LINK),), of=of),
    )  # fmt: skip


def _editorial() -> tuple[Row, ...]:
    """Pages and their files. Whoever may read what is restricted is said, page by page, at the desk."""
    return (
        Row("pages:event-calendar", (reads(EVERYONE, "live"),), of=things.EVENT),
        Row("pages:card", (reads(EVERYONE, "live"),), of=things.PAGE),
        Row("pages:picture", (reads(EVERYONE, "open"), reads(DESK, "restricted")), of=things.PICTURE),
        Row("wagtaildocs_serve", (reads(EVERYONE, "open"), reads(DESK, "restricted")), of=things.DOCUMENT),
        Row("wagtail_serve", (reads(EVERYONE, "live"), reads(DESK, "restricted")), of=things.PAGE),
        Row("wagtaildocs_authenticate_with_password wagtailcore_authenticate_with_password", (uses(EVERYONE),),
            judge=WAGTAIL),
        Row("wagtailcore_login", (uses(EVERYONE),), judge=WAGTAIL),
    )  # fmt: skip


def _desk() -> tuple[Row, ...]:
    """Under /gestion/: Wagtail's screens, then ours."""
    editors = (reads(EDITORS),)
    return (
        Row("staff-login", (uses(EVERYONE),), judge=ALLAUTH),
        Row("staff-logout staff-forgotten staff-forgotten-rest", (uses(EVERYONE),), judge=ALLAUTH),
        Row("staff-account staff-account-rest", (uses(EVERYONE),), judge=ALLAUTH),
        Row("staff-chosen-nowhere staff-position-nowhere", (), judge=NOWHERE),
        # Pages that Wagtail breaks on purpose.
        Row("wagtailadmin_error_test django.views.generic.base.TemplateView", ()),
        Row("wagtailadmin_* wagtail_bulk_action wagtail.admin.views.home.default", (reaches(DESK),), judge=WAGTAIL),
        Row("wagtailforms:* wagtailredirects:* wagtailsettings:* wagtailembeds:*", (reaches(DESK),), judge=WAGTAIL),
        Row("wagtailsnippets:* wagtailsites:* wagtailusers_users:* wagtailusers_groups:*", (reaches(DESK),),
            judge=WAGTAIL),
        Row("wagtaildocs:* wagtaildocs_chooser:* wagtailimages:* wagtailimages_chooser:*", (reaches(DESK),),
            judge=WAGTAIL),
        Row("territory_chooser:*", (reaches(DESK),), judge=WAGTAIL),
        # Drawings and words that Wagtail's own sign-in shows; they hold nothing of ours.
        Row("wagtailadmin_sprite wagtailadmin_javascript_catalog", (reads(EVERYONE),), judge=WAGTAIL),
        Row("staff-guide staff-guide-picture", (reads(DESK),)),
        Row("staff_audience:dashboard", editors),
        Row("staff_team:index", (uses(EDITORS),)),
        Row("staff_mails:index staff_matching:exposure staff_journal:index", (reads(EDITORS),)),
        Row("staff_mails:again", (sends(EDITORS, "failed"),), of=things.LETTER),
        Row("staff_team:person", (uses(EDITORS, "of_the_desk"),), of=things.PERSON),
        Row("staff_organisations:claims staff_organisations:doubles staff_organisations:entrusted", editors),
        Row("staff_organisations:compare", (uses(EDITORS),), of=things.ORGANISATION),
        Row("staff_organisations:invite", (uses(EDITORS),), of=things.ORGANISATION),
        Row("staff_organisations:unmerge", (uses(EDITORS),), of=things.MERGER),
        Row("staff_organisations:claim", (reads(EDITORS, *things.JUDGED),), of=things.DESK_CLAIM),
        Row("staff_organisations:claim-accept staff_organisations:claim-refuse", (sends(EDITORS, "waiting"),),
            of=things.DESK_CLAIM),
        *_desk_network(),
        *_desk_resources(),
        *_desk_contributions(),
        *_desk_observatory(),
        *_desk_roadmap(),
    )  # fmt: skip


def _desk_network() -> tuple[Row, ...]:
    editors = (reads(EDITORS),)
    return (
        Row("staff_network:catalysts staff_network:requests", editors),
        Row("staff_network:mediators staff_network:invitations", (uses(EDITORS),)),
        Row("staff_network:uninvite", (sends(EDITORS),), of=things.INVITED),
        Row("staff_network:take-back", (sends(EDITORS),), of=things.MEDIATION),
        Row("staff_network:catalyst", editors, of=things.CATALYST),
        Row("staff_network:accept", (sends(EDITORS, "waiting"),), of=things.CATALYST),
        Row("staff_network:refuse", (sends(EDITORS),), of=things.CATALYST),
        Row("staff_network:request", (reads(EDITORS), sends(EDITORS, "at_desk")), of=things.DESK_SUPPORT),
    )


def _desk_resources() -> tuple[Row, ...]:
    editors, writes = (reads(EDITORS),), (uses(EDITORS),)
    return (
        Row("staff_resources:index staff_resources:links staff_resources:collections", editors),
        Row("staff_resources:create staff_resources:collection-create", writes),
        Row("staff_resources:edit", writes, of=things.RESOURCE),
        Row("staff_resources:decide", (sends(EDITORS),), of=things.LINK_RECORD),
        Row("staff_resources:collection", writes, of=things.COLLECTION),
        Row("staff_resources:collection-delete", (sends(EDITORS),), of=things.COLLECTION),
        Row("staff_imports:index staff_imports:template", editors),
        Row("staff_imports:give", writes),
        Row("staff_imports:detail staff_imports:progress staff_imports:report", editors, of=things.UPLOAD),
        Row("staff_imports:columns staff_imports:start", (sends(EDITORS),), of=things.UPLOAD),
    )


def _desk_contributions() -> tuple[Row, ...]:
    of, received = things.CASE, things.RECEIVED
    return (
        Row("staff_contributions:queue staff_contributions:corrections", (reads(EDITORS),)),
        Row("staff_contributions:detail staff_contributions:preview", (reads(EDITORS, *received),), of=of),
        Row("staff_contributions:file", (reads(EDITORS, *received),), of=of),
        Row("staff_contributions:edit", (uses(EDITORS, *received),), of=of),
        Row("staff_contributions:accept", (sends(EDITORS, *from_where(Verb.ACCEPT)),), of=of, judge=_LIFE),
        Row("staff_contributions:ask", (sends(EDITORS, *received),), of=of, judge=_LIFE),
        Row("staff_contributions:decline", (sends(EDITORS, *from_where(Verb.DECLINE)),), of=of, judge=_LIFE),
        Row("staff_contributions:unpublish", (sends(EDITORS, *from_where(Verb.UNPUBLISH)),), of=of, judge=_LIFE),
        Row("staff_contributions:reopen", (sends(EDITORS, *from_where(Verb.REOPEN)),), of=of, judge=_LIFE),
        Row("staff_contributions:trust", (sends(EDITORS, *received),), of=of, judge=_LIFE),
        Row("staff_contributions:correction", (reads(EDITORS),), of=things.CORRECTION),
        Row("staff_contributions:correction-accept", (sends(EDITORS, "new"),), of=things.CORRECTION),
        Row("staff_contributions:correction-refuse", (sends(EDITORS, "new"),), of=things.CORRECTION),
    )


def _desk_observatory() -> tuple[Row, ...]:
    editors, writes, asked = (reads(EDITORS),), (uses(EDITORS),), (sends(EDITORS),)
    return (
        Row("staff_observatory:studies staff_observatory:series", editors),
        Row("staff_observatory:check", asked),
        Row("staff_observatory:import staff_observatory:new staff_observatory:series-new", writes),
        Row("staff_observatory:edit", writes, of=things.STUDY),
        Row("staff_observatory:preview staff_observatory:export", editors, of=things.STUDY),
        Row("staff_observatory:change", asked, of=things.STUDY),
        Row("staff_observatory:series-edit", writes, of=things.SERIES),
        Row("staff_observatory:series-remove", asked, of=things.SERIES),
        Row("staff_microdata:upload", writes),
        Row("staff_microdata:template", editors),
        Row("staff_microdata:preview", editors, of=things.STUDY),
        Row("staff_microdata:publish", asked, of=things.STUDY),
        Row("staff_microdata:discard", (sends(EDITORS, "draft"),), of=things.STUDY),
    )


def _desk_roadmap() -> tuple[Row, ...]:
    editors, writes, of = (reads(EDITORS),), (uses(EDITORS),), things.PROGRAMME
    return (
        Row("staff_roadmap:home", editors),
        Row("staff_roadmap:import staff_roadmap:new-programme", writes),
        Row("staff_roadmap:programme", editors, of=of),
        Row("staff_roadmap:edit-programme staff_roadmap:progress staff_roadmap:people", writes, of=of),
        Row("staff_roadmap:new-statement staff_roadmap:statement", writes, of=of),
        Row("staff_roadmap:new-part staff_roadmap:part", writes, of=of),
        Row("staff_roadmap:new-facilitator staff_roadmap:facilitator", writes, of=of),
        Row("staff_roadmap:new-indicator staff_roadmap:indicator", writes, of=of),
        Row("staff_roadmap:new-illustration staff_roadmap:illustration", writes, of=of),
        Row("staff_roadmap:measure-report staff_roadmap:workstream-report", writes, of=of),
        Row("staff_roadmap:draft", (reads(EDITORS), sends(EDITORS, "draft", "submitted")), of=things.REPORT),
        Row("staff_roadmap:preview", editors, of=things.REPORT),
    )


TABLE = Table(
    (
        *_public(),
        *_roadmap(),
        *_api(),
        *_accounts(),
        *_mailing(),
        *_members(),
        *_needs(),
        *_suggestions(),
        *_network(),
        *_introductions(),
        *_contributions(),
        *_editorial(),
        *_desk(),
    ),
)
