"""Officials, posts, roles and delegations: who may do what, by which written act."""
