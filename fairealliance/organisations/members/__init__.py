"""Who acts for an organisation: how one comes to, what one may then do, how one leaves."""
