"""The windows of the program: theme, shell, widgets and screens. Qt widgets live here and nowhere else."""
