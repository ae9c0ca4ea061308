"""People. The address of mail is the identifier."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

# Of the addresses of the invented world. RFC 6761: no server of mail will ever be reached under this name.
INVENTED_DOMAIN = "demo.invalid"


class UserManager(BaseUserManager["User"]):
    """Makes people; mail is compared without case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, is_secretariat=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())

    def secretariat(self, *, is_demo: bool = False) -> "models.QuerySet[User]":
        """Its open accounts: whoever is told what the real world waits for, or what the invented one does."""
        return self.filter(is_secretariat=True, is_active=True, is_demo=is_demo).order_by("pk")


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Finer roles come with the rooms that need them."""

    email = models.EmailField(_("adresse de courriel"), unique=True)
    name = models.CharField(_("nom"), max_length=200, blank=True)
    is_active = models.BooleanField(_("actif"), default=True)
    is_secretariat = models.BooleanField(_("membre du secrétariat"), default=False)
    # Somebody of the invented world, whatever their address becomes.
    is_demo = models.BooleanField(_("compte inventé"), default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_without_case")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """What the editors' desk shows; there, an empty one gives way to the mail."""
        return self.name

    @property
    def first_name(self) -> str:
        """What the desk's menu calls them."""
        return self.name

    @property
    def user_id(self) -> int | None:
        return self.pk


class RateCount(models.Model):
    """How many times something was done in a window of time, by someone only a digest tells (`limits.py`)."""

    bucket = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["bucket"]

    def __str__(self) -> str:
        return self.bucket
