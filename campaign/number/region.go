package number

// Region returns the country (ISO 3166 alpha-2) of a number, given as digits with its country code; "" when it belongs to
// none.
func Region(digits string) string { return read(digits, "").region() }
