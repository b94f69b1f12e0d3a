package hours

// Zones names where a person is as far as the number tells, "Europe/Paris" or several with commas; and the zone of
// Elsewhere, with told false, where it does not.
func (h *Hours) Zones(phone string) (names string, told bool) {
	set := h.clocksOf(phone)
	if set.name == "" {
		return h.Elsewhere.String(), false
	}
	return set.name, true
}
