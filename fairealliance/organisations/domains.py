"""Mail domains: whether an address shows that its owner works for an organisation."""

import tomllib
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from django.db.models import Q

from fairealliance.organisations.models import Organisation


@cache
def shared_domains() -> frozenset[str]:
    """Domains where anyone may have an address or a site: they prove nothing."""
    return _listed("mail") | _listed("sites")


@cache
def _listed(kind: str) -> frozenset[str]:
    text = resources.files("fairealliance.organisations").joinpath("data/shared_domains.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)[kind]["domains"])


def domain_of(email: str) -> str:
    """The domain of an address, in its ASCII form; empty when it is shared, or no domain at all."""
    return _own(email.rpartition("@")[2])


def domains_of(organisation: Organisation) -> tuple[str, ...]:
    """Those of its site and of its mail, that are its own."""
    found = (site_domain(organisation), domain_of(organisation.email) if organisation.email else "")
    return tuple(dict.fromkeys(domain for domain in found if domain))


def site_domain(organisation: Organisation) -> str:
    """Its site's, when the whole site is its own: a page on a site may well be on somebody else's."""
    site = organisation.website if "://" in organisation.website else f"https://{organisation.website}"
    try:
        parts = urlsplit(site)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return "" if parts.path.strip("/") or parts.query else _own(host.removeprefix("www."))


def proves(email: str, organisation: Organisation) -> bool:
    """Whether `email` is at the organisation's own domain. One of its subdomains is another domain."""
    domain = domain_of(email)
    return bool(domain) and domain in domains_of(organisation)


def proves_by_site(email: str, organisation: Organisation) -> bool:
    """The same, by its site: the public mail may be that of whoever houses or helps it."""
    domain = domain_of(email)
    return bool(domain) and domain == site_domain(organisation)


def is_of_another(email: str, organisation: Organisation) -> bool:
    """Whether another organisation bears that domain too: then it does not tell which one. One query."""
    domain = domain_of(email)
    bears = Q()
    for written in {domain, _in_letters(domain)}:
        bears |= Q(website__icontains=written) | Q(email__iendswith=f"@{written}")
    near = Organisation.objects.exclude(pk=organisation.pk).filter(bears).only("website", "email")
    return any(domain in domains_of(each) for each in near.iterator())


def _in_letters(domain: str) -> str:
    try:
        return domain.encode().decode("idna")
    except UnicodeError:
        return domain


def _own(domain: str) -> str:
    try:
        plain = domain.strip().rstrip(".").lower().encode("idna").decode()
    except UnicodeError:
        return ""
    labels = plain.split(".")
    above = {".".join(labels[i:]) for i in range(len(labels) - 1)}
    return "" if len(labels) < 2 or above & shared_domains() or plain in _listed("suffixes") else plain
