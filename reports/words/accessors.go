// Code generated from active.en.json by go generate; DO NOT EDIT.

package words

func (w *Words) FromTo(start, end, zone string) string {
	return w.say("from-to", nil, values{"Start": start, "End": end, "Zone": zone})
}

func (w *Words) ListAnd(first, last string) string {
	return w.say("list-and", nil, values{"First": first, "Last": last})
}

func (w *Words) ListOr(first, last string) string {
	return w.say("list-or", nil, values{"First": first, "Last": last})
}

func (w *Words) UnitDays(n int) string { return w.say("unit-days", n, values{"N": w.Number(n)}) }

func (w *Words) UnitHours(n int) string { return w.say("unit-hours", n, values{"N": w.Number(n)}) }

func (w *Words) UnitHoursShort(number string) string {
	return w.say("unit-hours-short", nil, values{"Number": number})
}

func (w *Words) UnitMinutes(number string) string {
	return w.say("unit-minutes", nil, values{"Number": number})
}

func (w *Words) UnitSeconds(number string) string {
	return w.say("unit-seconds", nil, values{"Number": number})
}
