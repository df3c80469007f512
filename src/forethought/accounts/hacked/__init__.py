"""What to do after an account is taken over: a plan in order, a clock, notices, odd posts and odd links."""
