"""Credentials and sums of money: which are asked for, which count, and what is paid for."""
