package hours

import "time"

// Duration returns how long n messages take at a rate per minute.
func Duration(n, rate int) time.Duration {
	return time.Duration(n) * time.Minute / time.Duration(rate)
}
