"""What this room does outside the request."""

from django_tasks import task

from fairealliance.federation import upload_run
from fairealliance.federation.models import Upload


@task(queue_name="long")
def import_upload(upload_id: int, dry: bool) -> None:
    """Try or import a file given at the desk."""
    upload = Upload.objects.select_related("by_user").filter(pk=upload_id).first()
    if upload is not None and upload.is_busy:
        upload_run.run(upload, dry=dry)
