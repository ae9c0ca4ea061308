"""Asking links whether they still answer: gate (where we may go), ask (how), verdict (what it means), rounds (when)."""
