"""The technician's page: self-test, backups, enrolment, papers of acceptance. No personal data."""
