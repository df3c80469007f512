"""Searching for oneself, sheets for those who help, and what is looked at around a person besides their accounts."""
