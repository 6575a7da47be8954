"""What every screen shares: page frame, security headers, errors, dates, style sheet."""
