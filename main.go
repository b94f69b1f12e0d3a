// Command kanal-campaign sends a one-off WhatsApp campaign from a CSV or Excel file through the Kanal API.
package main

import (
	"os"

	"kanal-campaign/reports/process"
)

func main() { os.Exit(process.Main()) }
