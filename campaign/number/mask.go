package number

// MaskPhone hides the middle of a number's digits, for logs: it keeps the first two and the last two.
func Mask(digits string) string {
	if len(digits) < 6 {
		return "…"
	}
	return digits[:2] + "…" + digits[len(digits)-2:]
}
