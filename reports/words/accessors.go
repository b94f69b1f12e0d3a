// Code generated from active.en.json by go generate; DO NOT EDIT.

package words

func (w *Words) AcceptedMeans() string { return w.say("accepted-means", nil, nil) }

func (w *Words) AdviceAfterDoubt() string { return w.say("advice-after-doubt", nil, nil) }

func (w *Words) CauseAndCode(label, code string) string {
	return w.say("cause-and-code", nil, values{"Label": label, "Code": code})
}

func (w *Words) ConfigKeyAdvice() string { return w.say("config-key-advice", nil, nil) }

func (w *Words) ConfigUrlAdvice() string { return w.say("config-url-advice", nil, nil) }

func (w *Words) CountOf(number, label string) string {
	return w.say("count-of", nil, values{"Number": number, "Label": label})
}

func (w *Words) FromTo(start, end, zone string) string {
	return w.say("from-to", nil, values{"Start": start, "End": end, "Zone": zone})
}

func (w *Words) ListAnd(first, last string) string {
	return w.say("list-and", nil, values{"First": first, "Last": last})
}

func (w *Words) ListMore(n int) string { return w.say("list-more", n, values{"N": w.Number(n)}) }

func (w *Words) ListOr(first, last string) string {
	return w.say("list-or", nil, values{"First": first, "Last": last})
}

func (w *Words) ListPair(row, number, listRow, cell string) string {
	return w.say("list-pair", nil, values{"Row": row, "Number": number, "ListRow": listRow, "Cell": cell})
}

func (w *Words) NamesMore(n int) string { return w.say("names-more", n, values{"N": w.Number(n)}) }

func (w *Words) NoNumber() string { return w.say("no-number", nil, nil) }

func (w *Words) NoReasonKnown() string { return w.say("no-reason-known", nil, nil) }

func (w *Words) NumberOfCountry(number, country string) string {
	return w.say("number-of-country", nil, values{"Number": number, "Country": country})
}

func (w *Words) PlaceColumn(letter string) string {
	return w.say("place-column", nil, values{"Letter": letter})
}

func (w *Words) PlaceColumnNamed(letter, header string) string {
	return w.say("place-column-named", nil, values{"Letter": letter, "Header": header})
}

func (w *Words) PlaceMessage() string { return w.say("place-message", nil, nil) }

func (w *Words) Quoted(text string) string { return w.say("quoted", nil, values{"Text": text}) }

func (w *Words) RehearsalMeans() string { return w.say("rehearsal-means", nil, nil) }

func (w *Words) TallyIdsUnknown() string { return w.say("tally-ids-unknown", nil, nil) }

func (w *Words) TallyOfThem(number, label, advice string) string {
	return w.say("tally-of-them", nil, values{"Number": number, "Label": label, "Advice": advice})
}

func (w *Words) TallyOldLabel() string { return w.say("tally-old-label", nil, nil) }

func (w *Words) TallyOldMeans() string { return w.say("tally-old-means", nil, nil) }

func (w *Words) TallyOldMore(n int) string {
	return w.say("tally-old-more", n, values{"N": w.Number(n)})
}

func (w *Words) TallyReason(label, advice string) string {
	return w.say("tally-reason", nil, values{"Label": label, "Advice": advice})
}

func (w *Words) TallyWithOld(n int, counts string) string {
	return w.say("tally-with-old", n, values{"N": w.Number(n), "Counts": counts})
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

func (w *Words) VerifyAltered(column, file, ledger string) string {
	return w.say("verify-altered", nil, values{"Column": column, "File": file, "Ledger": ledger})
}

func (w *Words) VerifyBeyondColumns(cell string) string {
	return w.say("verify-beyond-columns", nil, values{"Cell": cell})
}

func (w *Words) VerifyClockSetBack() string { return w.say("verify-clock-set-back", nil, nil) }

func (w *Words) VerifyCompared(n int) string {
	return w.say("verify-compared", n, values{"N": w.Number(n)})
}

func (w *Words) VerifyComparedForgotten(n int) string {
	return w.say("verify-compared-forgotten", n, values{"N": w.Number(n)})
}

func (w *Words) VerifyContradicts(mode, campaign string) string {
	return w.say("verify-contradicts", nil, values{"Mode": mode, "Campaign": campaign})
}

func (w *Words) VerifyFileHolds() string { return w.say("verify-file-holds", nil, nil) }

func (w *Words) VerifyFileNotChecked() string { return w.say("verify-file-not-checked", nil, nil) }

func (w *Words) VerifyFileOlder() string { return w.say("verify-file-older", nil, nil) }

func (w *Words) VerifyForgotten(n int) string {
	return w.say("verify-forgotten", n, values{"N": w.Number(n)})
}

func (w *Words) VerifyHolds(mode, campaign string) string {
	return w.say("verify-holds", nil, values{"Mode": mode, "Campaign": campaign})
}

func (w *Words) VerifyKeysComputed(n int) string {
	return w.say("verify-keys-computed", n, values{"N": w.Number(n)})
}

func (w *Words) VerifyLabelClock() string { return w.say("verify-label-clock", nil, nil) }

func (w *Words) VerifyLabelForgotten() string { return w.say("verify-label-forgotten", nil, nil) }

func (w *Words) VerifyLabelLedger() string { return w.say("verify-label-ledger", nil, nil) }

func (w *Words) VerifyLabelOutcomes() string { return w.say("verify-label-outcomes", nil, nil) }

func (w *Words) VerifyLabelPlan() string { return w.say("verify-label-plan", nil, nil) }

func (w *Words) VerifyLabelResults() string { return w.say("verify-label-results", nil, nil) }

func (w *Words) VerifyLabelRunning() string { return w.say("verify-label-running", nil, nil) }

func (w *Words) VerifyLabelUnanswered() string { return w.say("verify-label-unanswered", nil, nil) }

func (w *Words) VerifyLedgerDamaged(n int) string {
	return w.say("verify-ledger-damaged", n, values{"N": w.Number(n)})
}

func (w *Words) VerifyLedgerWhole() string { return w.say("verify-ledger-whole", nil, nil) }

func (w *Words) VerifyLineLabel(line string) string {
	return w.say("verify-line-label", nil, values{"Line": line})
}

func (w *Words) VerifyMoreAdded(n int) string {
	return w.say("verify-more-added", n, values{"N": w.Number(n)})
}

func (w *Words) VerifyMoreAltered(n int) string {
	return w.say("verify-more-altered", n, values{"N": w.Number(n)})
}

func (w *Words) VerifyMoreMissing(n int) string {
	return w.say("verify-more-missing", n, values{"N": w.Number(n)})
}

func (w *Words) VerifyMoreMoved(n int) string {
	return w.say("verify-more-moved", n, values{"N": w.Number(n)})
}

func (w *Words) VerifyNotItsResults(file, campaign string) string {
	return w.say("verify-not-its-results", nil, values{"File": file, "Campaign": campaign})
}

func (w *Words) VerifyOutcomesHold() string { return w.say("verify-outcomes-hold", nil, nil) }

func (w *Words) VerifyPlaces(rows, places, last string) string {
	return w.say("verify-places", nil, values{"Rows": rows, "Places": places, "Last": last})
}

func (w *Words) VerifyRowLabel(row string) string {
	return w.say("verify-row-label", nil, values{"Row": row})
}

func (w *Words) VerifyRows(n int, rows string) string {
	return w.say("verify-rows", n, values{"N": w.Number(n), "Rows": rows})
}

func (w *Words) VerifyRowsRead(n int) string {
	return w.say("verify-rows-read", n, values{"N": w.Number(n)})
}

func (w *Words) VerifyRunning() string { return w.say("verify-running", nil, nil) }

func (w *Words) VerifyUnanswered(n int) string {
	return w.say("verify-unanswered", n, values{"N": w.Number(n)})
}

func (w *Words) VerifyWriteResults() string { return w.say("verify-write-results", nil, nil) }
