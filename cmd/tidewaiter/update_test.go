package main

import "flag"

// update writes generated parts of docs/reference, and what stories compare with, anew.
var update = flag.Bool("update", false, "write generated documentation anew")
