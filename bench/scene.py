"""A throw-away home with an empty SQLite database. Importing this first readies Django on it."""

import atexit
import os
import shutil
import tempfile

import django

HOME = tempfile.mkdtemp(prefix="fairealliance-bench-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["FAIREALLIANCE_HOME"] = HOME
os.environ.setdefault("DJANGO_SECRET_KEY", "for-the-bench-only")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")
os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairealliance.config.settings")
django.setup()
