"""One unit's story: its workbooks checked and totalled, all its files made, its folder written."""
