"""The pages that a reader visits: home, a lesson, and what is not there."""
