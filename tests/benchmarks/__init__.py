"""What `make bench` measures, in a real Chromium and over real sessions."""
