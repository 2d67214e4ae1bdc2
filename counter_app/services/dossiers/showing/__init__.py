"""Dossiers as they are shown: pages, queues, timelines, words."""
