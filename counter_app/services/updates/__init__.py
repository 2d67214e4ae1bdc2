"""New versions at a running counter: looked for, tried and put in place, by itself or when asked."""
