"""The live page: a prompt, what a real Llama did with it, and views that move together."""
