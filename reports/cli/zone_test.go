package cli_test

import "time"

// The tests are in Greenwich, wherever they run: what the program prints of time is this computer's.
func init() { time.Local = time.UTC }
