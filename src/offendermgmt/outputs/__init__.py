"""Files that leave the product: csv, json and, later, workbooks and packs."""
