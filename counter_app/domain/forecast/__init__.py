"""How many will come and how long the signers need: from last year's and this week's arrivals."""
