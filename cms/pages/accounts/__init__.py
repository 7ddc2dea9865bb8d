"""Account pages (账户): sign-in, second factor, registration, members."""
