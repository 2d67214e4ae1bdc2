"""How a PC becomes a counter: its store and keys, the province it believes, the lives of its journal."""
