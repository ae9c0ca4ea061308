"""When what is done again and again was last done: one row each, shared by all nodes."""

from django.db import models


class PeriodicRun(models.Model):
    """Whoever moves `due_at` forward is the one node that does it this time."""

    name = models.CharField(max_length=80, primary_key=True)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
