"""The web component that draws, plays and edits a sheet, and its Panel adapter."""
