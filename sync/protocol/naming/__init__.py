"""What things are called and who vouches for them: ids, keys, officials, grants."""
