"""What the program does: rules, transactions and orders over the store."""
