// Code generated from active.en.json by go generate; DO NOT EDIT.

package words

func (w *Words) Aborted() string { return w.say("aborted", nil, nil) }

func (w *Words) AcceptedMeans() string { return w.say("accepted-means", nil, nil) }

func (w *Words) AdviceAfterDoubt() string { return w.say("advice-after-doubt", nil, nil) }

func (w *Words) AdviceClosedWindow(n int) string {
	return w.say("advice-closed-window", n, values{"N": w.Number(n)})
}

func (w *Words) AdviceDoubts(n int) string {
	return w.say("advice-doubts", n, values{"N": w.Number(n)})
}

func (w *Words) AdviceRetryLater(n int, cause, advice string) string {
	return w.say("advice-retry-later", n, values{"N": w.Number(n), "Cause": cause, "Advice": advice})
}

func (w *Words) AdviceTriedAgain(n int, cause, advice string) string {
	return w.say("advice-tried-again", n, values{"N": w.Number(n), "Cause": cause, "Advice": advice})
}

func (w *Words) AheadDoubts(n int) string { return w.say("ahead-doubts", n, values{"N": w.Number(n)}) }

func (w *Words) AheadRunning() string { return w.say("ahead-running", nil, nil) }

func (w *Words) AndMore(n int) string { return w.say("and-more", n, values{"N": w.Number(n)}) }

func (w *Words) ApiFailed(said, meaning, advice string) string {
	return w.say("api-failed", nil, values{"Said": said, "Meaning": meaning, "Advice": advice})
}

func (w *Words) ApiOther(address string) string {
	return w.say("api-other", nil, values{"Address": address})
}

func (w *Words) AsOther() string { return w.say("as-other", nil, nil) }

func (w *Words) AttemptAnswered(time, answer, cause string) string {
	return w.say("attempt-answered", nil, values{"Time": time, "Answer": answer, "Cause": cause})
}

func (w *Words) AttemptOpen(time string) string {
	return w.say("attempt-open", nil, values{"Time": time})
}

func (w *Words) BannerLive(mode string) string {
	return w.say("banner-live", nil, values{"Mode": mode})
}

func (w *Words) BannerLocal(mode, address string) string {
	return w.say("banner-local", nil, values{"Mode": mode, "Address": address})
}

func (w *Words) BannerSandbox(mode string) string {
	return w.say("banner-sandbox", nil, values{"Mode": mode})
}

func (w *Words) ButtonAnswers(button string) string {
	return w.say("button-answers", nil, values{"Button": button})
}

func (w *Words) ButtonCalls(button, number string) string {
	return w.say("button-calls", nil, values{"Button": button, "Number": number})
}

func (w *Words) ButtonCallsANumber(button string) string {
	return w.say("button-calls-a-number", nil, values{"Button": button})
}

func (w *Words) ButtonCopies(button string) string {
	return w.say("button-copies", nil, values{"Button": button})
}

func (w *Words) ButtonOpens(button, address string) string {
	return w.say("button-opens", nil, values{"Button": button, "Address": address})
}

func (w *Words) ButtonOpensOwn(button, variable string) string {
	return w.say("button-opens-own", nil, values{"Button": button, "Variable": variable})
}

func (w *Words) ButtonUnclear(button string) string {
	return w.say("button-unclear", nil, values{"Button": button})
}

func (w *Words) Buttons() string { return w.say("buttons", nil, nil) }

func (w *Words) CampaignElsewhereReal(mode, campaign string) string {
	return w.say("campaign-elsewhere-real", nil, values{"Mode": mode, "Campaign": campaign})
}

func (w *Words) CampaignElsewhereRehearsal(mode, campaign string) string {
	return w.say("campaign-elsewhere-rehearsal", nil, values{"Mode": mode, "Campaign": campaign})
}

func (w *Words) CampaignMissing(mode, campaign, meant string) string {
	return w.say("campaign-missing", nil, values{"Mode": mode, "Campaign": campaign, "Meant": meant})
}

func (w *Words) CampaignMissingNone(mode, campaign string) string {
	return w.say("campaign-missing-none", nil, values{"Mode": mode, "Campaign": campaign})
}

func (w *Words) CampaignNameUnfit(name, most string) string {
	return w.say("campaign-name-unfit", nil, values{"Name": name, "Most": most})
}

func (w *Words) CapExceeded(n int) string { return w.say("cap-exceeded", n, values{"N": w.Number(n)}) }

func (w *Words) CapExceededAll() string { return w.say("cap-exceeded-all", nil, nil) }

func (w *Words) CapExceededFull(time string) string {
	return w.say("cap-exceeded-full", nil, values{"Time": time})
}

func (w *Words) CapLater(cap, time string) string {
	return w.say("cap-later", nil, values{"Cap": cap, "Time": time})
}

func (w *Words) CapNow(n int, cap string) string {
	return w.say("cap-now", n, values{"N": w.Number(n), "Cap": cap})
}

func (w *Words) CauseAndCode(label, code string) string {
	return w.say("cause-and-code", nil, values{"Label": label, "Code": code})
}

func (w *Words) CausesThere(n int, cause string) string {
	return w.say("causes-there", n, values{"N": w.Number(n), "Cause": cause})
}

func (w *Words) CellEmpty() string { return w.say("cell-empty", nil, nil) }

func (w *Words) ChangedFile(file, campaign, date string) string {
	return w.say("changed-file", nil, values{"File": file, "Campaign": campaign, "Date": date})
}

func (w *Words) ChangedFileUpdate() string { return w.say("changed-file-update", nil, nil) }

func (w *Words) ChangedFileWould(n int) string {
	return w.say("changed-file-would", n, values{"N": w.Number(n)})
}

func (w *Words) ChartEveryHours(n int) string {
	return w.say("chart-every-hours", n, values{"N": w.Number(n)})
}

func (w *Words) ChartEveryMinutes(n int) string {
	return w.say("chart-every-minutes", n, values{"N": w.Number(n)})
}

func (w *Words) CheckAccents(texts string) string {
	return w.say("check-accents", nil, values{"Texts": texts})
}

func (w *Words) CheckAccentsGuessed(texts string) string {
	return w.say("check-accents-guessed", nil, values{"Texts": texts})
}

func (w *Words) CheckAcceptedWithoutFix() string {
	return w.say("check-accepted-without-fix", nil, nil)
}

func (w *Words) CheckFileProblems() string { return w.say("check-file-problems", nil, nil) }

func (w *Words) CheckFileRow() string { return w.say("check-file-row", nil, nil) }

func (w *Words) CheckFileRows(n int) string {
	return w.say("check-file-rows", n, values{"N": w.Number(n)})
}

func (w *Words) CheckFileWarnings() string { return w.say("check-file-warnings", nil, nil) }

func (w *Words) CheckFinished() string { return w.say("check-finished", nil, nil) }

func (w *Words) CheckFinishedAgain() string { return w.say("check-finished-again", nil, nil) }

func (w *Words) CheckFix(n int) string { return w.say("check-fix", n, values{"N": w.Number(n)}) }

func (w *Words) CheckFixAll() string { return w.say("check-fix-all", nil, nil) }

func (w *Words) CheckLeftOutToo(reasons string) string {
	return w.say("check-left-out-too", nil, values{"Reasons": reasons})
}

func (w *Words) CheckNobody() string { return w.say("check-nobody", nil, nil) }

func (w *Words) CheckOther() string { return w.say("check-other", nil, nil) }

func (w *Words) CheckOutputWithoutFix() string { return w.say("check-output-without-fix", nil, nil) }

func (w *Words) CheckProblemsFile(n int) string {
	return w.say("check-problems-file", n, values{"N": w.Number(n)})
}

func (w *Words) CheckProblemsRows(n int) string {
	return w.say("check-problems-rows", n, values{"N": w.Number(n)})
}

func (w *Words) CheckProblemsSkipped(n int) string {
	return w.say("check-problems-skipped", n, values{"N": w.Number(n)})
}

func (w *Words) CheckRead(file, form string) string {
	return w.say("check-read", nil, values{"File": file, "Form": form})
}

func (w *Words) CheckReadRows(n int, file, form string) string {
	return w.say("check-read-rows", n, values{"N": w.Number(n), "File": file, "Form": form})
}

func (w *Words) CheckRepeats() string { return w.say("check-repeats", nil, nil) }

func (w *Words) CheckResume() string { return w.say("check-resume", nil, nil) }

func (w *Words) CheckRunning() string { return w.say("check-running", nil, nil) }

func (w *Words) CheckSend() string { return w.say("check-send", nil, nil) }

func (w *Words) CheckSkip(n int) string { return w.say("check-skip", n, values{"N": w.Number(n)}) }

func (w *Words) CheckSkipAndAnswer(n int) string {
	return w.say("check-skip-and-answer", n, values{"N": w.Number(n)})
}

func (w *Words) CheckTakes(duration, rate, span string) string {
	return w.say("check-takes", nil, values{"Duration": duration, "Rate": rate, "Span": span})
}

func (w *Words) CheckTitle(mode string) string {
	return w.say("check-title", nil, values{"Mode": mode})
}

func (w *Words) CheckTitleDecision(mode string) string {
	return w.say("check-title-decision", nil, values{"Mode": mode})
}

func (w *Words) CheckTitleErrors(mode string) string {
	return w.say("check-title-errors", nil, values{"Mode": mode})
}

func (w *Words) CheckUpdate() string { return w.say("check-update", nil, nil) }

func (w *Words) CheckWarnings() string { return w.say("check-warnings", nil, nil) }

func (w *Words) CheckWithout(n int) string {
	return w.say("check-without", n, values{"N": w.Number(n)})
}

func (w *Words) CheckYourColumns(columns string) string {
	return w.say("check-your-columns", nil, values{"Columns": columns})
}

func (w *Words) ChosenByConsent(columns string) string {
	return w.say("chosen-by-consent", nil, values{"Columns": columns})
}

func (w *Words) ChosenByFilter(columns string) string {
	return w.say("chosen-by-filter", nil, values{"Columns": columns})
}

func (w *Words) ColumnAccepted() string { return w.say("column-accepted", nil, nil) }

func (w *Words) ColumnCampaign() string { return w.say("column-campaign", nil, nil) }

func (w *Words) ColumnInDoubt() string { return w.say("column-in-doubt", nil, nil) }

func (w *Words) ColumnNamed(letter, header string) string {
	return w.say("column-named", nil, values{"Letter": letter, "Header": header})
}

func (w *Words) ColumnNotSent() string { return w.say("column-not-sent", nil, nil) }

func (w *Words) ColumnPlanned() string { return w.say("column-planned", nil, nil) }

func (w *Words) ColumnRefused() string { return w.say("column-refused", nil, nil) }

func (w *Words) ColumnState() string { return w.say("column-state", nil, nil) }

func (w *Words) CompletionForShell(shell string) string {
	return w.say("completion-for-shell", nil, values{"Shell": shell})
}

func (w *Words) ConditionIs(column, valuesText string) string {
	return w.say("condition-is", nil, values{"Column": column, "Values": valuesText})
}

func (w *Words) ConditionIsNot(column, value string) string {
	return w.say("condition-is-not", nil, values{"Column": column, "Value": value})
}

func (w *Words) ConditionNoneOf(column, valuesText string) string {
	return w.say("condition-none-of", nil, values{"Column": column, "Values": valuesText})
}

func (w *Words) ConfigKeyAdvice() string { return w.say("config-key-advice", nil, nil) }

func (w *Words) ConfigUrlAdvice() string { return w.say("config-url-advice", nil, nil) }

func (w *Words) ConfirmPrompt(number string) string {
	return w.say("confirm-prompt", nil, values{"Number": number})
}

func (w *Words) Consent(column, answers, settled string) string {
	return w.say("consent", nil, values{"Column": column, "Answers": answers, "Settled": settled})
}

func (w *Words) ConsentAgree(valuesText string) string {
	return w.say("consent-agree", nil, values{"Values": valuesText})
}

func (w *Words) ConsentDates(n int) string {
	return w.say("consent-dates", n, values{"N": w.Number(n)})
}

func (w *Words) ConsentEmpty(n int) string {
	return w.say("consent-empty", n, values{"N": w.Number(n)})
}

func (w *Words) ConsentFiltered() string { return w.say("consent-filtered", nil, nil) }

func (w *Words) ConsentMany(number string) string {
	return w.say("consent-many", nil, values{"Number": number})
}

func (w *Words) ConsentMore(n int, cells string) string {
	return w.say("consent-more", n, values{"N": w.Number(n), "Cells": cells})
}

func (w *Words) ConsentNone() string { return w.say("consent-none", nil, nil) }

func (w *Words) ConsentOther() string { return w.say("consent-other", nil, nil) }

func (w *Words) ConsentRefuse(valuesText string) string {
	return w.say("consent-refuse", nil, values{"Values": valuesText})
}

func (w *Words) ConsentRequired() string { return w.say("consent-required", nil, nil) }

func (w *Words) ConsentUnanswered(valuesText string) string {
	return w.say("consent-unanswered", nil, values{"Values": valuesText})
}

func (w *Words) ConsentValue(number, value string) string {
	return w.say("consent-value", nil, values{"Number": number, "Value": value})
}

func (w *Words) ContactsBoth(name, email string) string {
	return w.say("contacts-both", nil, values{"Name": name, "Email": email})
}

func (w *Words) ContactsEmail(email string) string {
	return w.say("contacts-email", nil, values{"Email": email})
}

func (w *Words) ContactsName(name string) string {
	return w.say("contacts-name", nil, values{"Name": name})
}

func (w *Words) ContactsNone() string { return w.say("contacts-none", nil, nil) }

func (w *Words) CorrectInvalid(n int, file string) string {
	return w.say("correct-invalid", n, values{"N": w.Number(n), "File": file})
}

func (w *Words) CorrectRefused(n int, file string) string {
	return w.say("correct-refused", n, values{"N": w.Number(n), "File": file})
}

func (w *Words) CorrectThenSend() string { return w.say("correct-then-send", nil, nil) }

func (w *Words) CountOf(number, label string) string {
	return w.say("count-of", nil, values{"Number": number, "Label": label})
}

func (w *Words) CountryCount(country, number string) string {
	return w.say("country-count", nil, values{"Country": country, "Number": number})
}

func (w *Words) CountryElsewhere() string { return w.say("country-elsewhere", nil, nil) }

func (w *Words) CountryNone() string { return w.say("country-none", nil, nil) }

func (w *Words) CrashOfType(typeText string) string {
	return w.say("crash-of-type", nil, values{"Type": typeText})
}

func (w *Words) DecisionAnswer(answer string) string {
	return w.say("decision-answer", nil, values{"Answer": answer})
}

func (w *Words) DecisionGoOn() string { return w.say("decision-go-on", nil, nil) }

func (w *Words) Decisions(n int) string { return w.say("decisions", n, values{"N": w.Number(n)}) }

func (w *Words) DecisionsFirst(n int) string {
	return w.say("decisions-first", n, values{"N": w.Number(n)})
}

func (w *Words) DecisionsFirstAnswers() string { return w.say("decisions-first-answers", nil, nil) }

func (w *Words) DecisionsToo(n int) string {
	return w.say("decisions-too", n, values{"N": w.Number(n)})
}

func (w *Words) DelimiterCommas() string { return w.say("delimiter-commas", nil, nil) }

func (w *Words) DelimiterPipes() string { return w.say("delimiter-pipes", nil, nil) }

func (w *Words) DelimiterSemicolons() string { return w.say("delimiter-semicolons", nil, nil) }

func (w *Words) DelimiterTabs() string { return w.say("delimiter-tabs", nil, nil) }

func (w *Words) DidYouMean(names string) string {
	return w.say("did-you-mean", nil, values{"Names": names})
}

func (w *Words) DoubtsLeft(n int, rows, ago string) string {
	return w.say("doubts-left", n, values{"N": w.Number(n), "Rows": rows, "Ago": ago})
}

func (w *Words) DoubtsNone() string { return w.say("doubts-none", nil, nil) }

func (w *Words) DoubtsTriedAgain(n int) string {
	return w.say("doubts-tried-again", n, values{"N": w.Number(n)})
}

func (w *Words) ErrorCampaignRunning(campaign string) string {
	return w.say("error-campaign-running", nil, values{"Campaign": campaign})
}

func (w *Words) ErrorCampaignRunningBy(campaign, process, started, person, computer string) string {
	return w.say("error-campaign-running-by", nil, values{"Campaign": campaign, "Process": process, "Started": started, "Person": person, "Computer": computer})
}

func (w *Words) ErrorCrashed(what string) string {
	return w.say("error-crashed", nil, values{"What": what})
}

func (w *Words) ErrorDisk(wrong, why string) string {
	return w.say("error-disk", nil, values{"Wrong": wrong, "Why": why})
}

func (w *Words) ErrorFile(path, why, step string) string {
	return w.say("error-file", nil, values{"Path": path, "Why": why, "Step": step})
}

func (w *Words) ErrorFileInside(file, why string) string {
	return w.say("error-file-inside", nil, values{"File": file, "Why": why})
}

func (w *Words) ErrorIrregular(path, why string) string {
	return w.say("error-irregular", nil, values{"Path": path, "Why": why})
}

func (w *Words) ErrorLedgerDamaged(path, why string) string {
	return w.say("error-ledger-damaged", nil, values{"Path": path, "Why": why})
}

func (w *Words) ErrorLedgerFailed(path, why, step string) string {
	return w.say("error-ledger-failed", nil, values{"Path": path, "Why": why, "Step": step})
}

func (w *Words) ErrorLedgerMoved(path string) string {
	return w.say("error-ledger-moved", nil, values{"Path": path})
}

func (w *Words) ErrorLedgerNewer(path string) string {
	return w.say("error-ledger-newer", nil, values{"Path": path})
}

func (w *Words) ErrorLog(why string) string { return w.say("error-log", nil, values{"Why": why}) }

func (w *Words) ErrorNoWorkbookCell(row string) string {
	return w.say("error-no-workbook-cell", nil, values{"Row": row})
}

func (w *Words) ErrorNoWorkbookSize() string { return w.say("error-no-workbook-size", nil, nil) }

func (w *Words) ErrorNotDone(why, step string) string {
	return w.say("error-not-done", nil, values{"Why": why, "Step": step})
}

func (w *Words) ErrorReportUnwritten(folder, why string) string {
	return w.say("error-report-unwritten", nil, values{"Folder": folder, "Why": why})
}

func (w *Words) ErrorResultsUnreadable(why string) string {
	return w.say("error-results-unreadable", nil, values{"Why": why})
}

func (w *Words) ErrorResultsUnwritten(folder, why, step string) string {
	return w.say("error-results-unwritten", nil, values{"Folder": folder, "Why": why, "Step": step})
}

func (w *Words) ErrorUnknown(why string) string {
	return w.say("error-unknown", nil, values{"Why": why})
}

func (w *Words) ErrorWouldCompute(path, row, column, text string) string {
	return w.say("error-would-compute", nil, values{"Path": path, "Row": row, "Column": column, "Text": text})
}

func (w *Words) ExampleWouldRead(text string) string {
	return w.say("example-would-read", nil, values{"Text": text})
}

func (w *Words) FactChosen() string { return w.say("fact-chosen", nil, nil) }

func (w *Words) FactConfirmed() string { return w.say("fact-confirmed", nil, nil) }

func (w *Words) FactFile() string { return w.say("fact-file", nil, nil) }

func (w *Words) FactFinished() string { return w.say("fact-finished", nil, nil) }

func (w *Words) FactHash() string { return w.say("fact-hash", nil, nil) }

func (w *Words) FactPassed() string { return w.say("fact-passed", nil, nil) }

func (w *Words) FactPlanned() string { return w.say("fact-planned", nil, nil) }

func (w *Words) FactSentFrom() string { return w.say("fact-sent-from", nil, nil) }

func (w *Words) Feed(what, column, how string) string {
	return w.say("feed", nil, values{"What": what, "Column": column, "How": how})
}

func (w *Words) FeedCountry() string { return w.say("feed-country", nil, nil) }

func (w *Words) FeedEmail() string { return w.say("feed-email", nil, nil) }

func (w *Words) FeedLoose() string { return w.say("feed-loose", nil, nil) }

func (w *Words) FeedName() string { return w.say("feed-name", nil, nil) }

func (w *Words) FeedPhone() string { return w.say("feed-phone", nil, nil) }

func (w *Words) FileForeign(file string) string {
	return w.say("file-foreign", nil, values{"File": file})
}

func (w *Words) FileIsThere(file string) string {
	return w.say("file-is-there", nil, values{"File": file})
}

func (w *Words) FileIsThereOther(file, other string) string {
	return w.say("file-is-there-other", nil, values{"File": file, "Other": other})
}

func (w *Words) FileLocked(file string) string {
	return w.say("file-locked", nil, values{"File": file})
}

func (w *Words) FileLockedAgain(file string) string {
	return w.say("file-locked-again", nil, values{"File": file})
}

func (w *Words) FileMeantElsewhere() string { return w.say("file-meant-elsewhere", nil, nil) }

func (w *Words) Filter(n int, condition, taken string) string {
	return w.say("filter", n, values{"N": w.Number(n), "Condition": condition, "Taken": taken})
}

func (w *Words) FilterLost(n int, campaign, cause string) string {
	return w.say("filter-lost", n, values{"N": w.Number(n), "Campaign": campaign, "Cause": cause})
}

func (w *Words) FinishedAgain() string { return w.say("finished-again", nil, nil) }

func (w *Words) FinishedLifted(n int) string {
	return w.say("finished-lifted", n, values{"N": w.Number(n)})
}

func (w *Words) FinishedOn(campaign, date string) string {
	return w.say("finished-on", nil, values{"Campaign": campaign, "Date": date})
}

func (w *Words) FinishedOver() string { return w.say("finished-over", nil, nil) }

func (w *Words) FinishedResults() string { return w.say("finished-results", nil, nil) }

func (w *Words) FirstDone(n int, campaign string) string {
	return w.say("first-done", n, values{"N": w.Number(n), "Campaign": campaign})
}

func (w *Words) FirstDonePart(n int) string {
	return w.say("first-done-part", n, values{"N": w.Number(n)})
}

func (w *Words) FirstDoneRest(n int) string {
	return w.say("first-done-rest", n, values{"N": w.Number(n)})
}

func (w *Words) FirstDoneUpdate(n int, campaign string) string {
	return w.say("first-done-update", n, values{"N": w.Number(n), "Campaign": campaign})
}

func (w *Words) FixWorkbookOnly() string { return w.say("fix-workbook-only", nil, nil) }

func (w *Words) FixesAccepted(n int) string {
	return w.say("fixes-accepted", n, values{"N": w.Number(n)})
}

func (w *Words) FixesFollow() string { return w.say("fixes-follow", nil, nil) }

func (w *Words) FixesNone() string { return w.say("fixes-none", nil, nil) }

func (w *Words) FixesProposed(n int) string {
	return w.say("fixes-proposed", n, values{"N": w.Number(n)})
}

func (w *Words) FixesWritten(n int, from, file string) string {
	return w.say("fixes-written", n, values{"N": w.Number(n), "From": from, "File": file})
}

func (w *Words) FlagChoice(flag, value, choices string) string {
	return w.say("flag-choice", nil, values{"Flag": flag, "Value": value, "Choices": choices})
}

func (w *Words) FlagCountry(value string) string {
	return w.say("flag-country", nil, values{"Value": value})
}

func (w *Words) FlagEmpty(flag string) string { return w.say("flag-empty", nil, values{"Flag": flag}) }

func (w *Words) FlagMap(value string) string { return w.say("flag-map", nil, values{"Value": value}) }

func (w *Words) FlagMinGap(value string) string {
	return w.say("flag-min-gap", nil, values{"Value": value})
}

func (w *Words) FlagRate(value, least, most string) string {
	return w.say("flag-rate", nil, values{"Value": value, "Least": least, "Most": most})
}

func (w *Words) FlagRequestTimeout(value, least, most string) string {
	return w.say("flag-request-timeout", nil, values{"Value": value, "Least": least, "Most": most})
}

func (w *Words) FlagTimezone(value string) string {
	return w.say("flag-timezone", nil, values{"Value": value})
}

func (w *Words) FlagUnknown(flag string) string {
	return w.say("flag-unknown", nil, values{"Flag": flag})
}

func (w *Words) FlagWithDefault(usage, value string) string {
	return w.say("flag-with-default", nil, values{"Usage": usage, "Value": value})
}

func (w *Words) FlagWithoutValue(flag string) string {
	return w.say("flag-without-value", nil, values{"Flag": flag})
}

func (w *Words) FlagsAgainSkipRepeats() string { return w.say("flags-again-skip-repeats", nil, nil) }

func (w *Words) FlagsFileWithoutPick(file string) string {
	return w.say("flags-file-without-pick", nil, values{"File": file})
}

func (w *Words) FlagsOnlyStatus(value string) string {
	return w.say("flags-only-status", nil, values{"Value": value})
}

func (w *Words) FlagsPickWithoutFile() string { return w.say("flags-pick-without-file", nil, nil) }

func (w *Words) FlagsQuietVerbose() string { return w.say("flags-quiet-verbose", nil, nil) }

func (w *Words) FlagsUnmaskedOutput() string { return w.say("flags-unmasked-output", nil, nil) }

func (w *Words) ForgetAgeUnknown(age string) string {
	return w.say("forget-age-unknown", nil, values{"Age": age})
}

func (w *Words) ForgetCountRows(n int) string {
	return w.say("forget-count-rows", n, values{"N": w.Number(n)})
}

func (w *Words) ForgetCountTests(n int) string {
	return w.say("forget-count-tests", n, values{"N": w.Number(n)})
}

func (w *Words) ForgetDoubtful(n int) string {
	return w.say("forget-doubtful", n, values{"N": w.Number(n)})
}

func (w *Words) ForgetErases() string { return w.say("forget-erases", nil, nil) }

func (w *Words) ForgetFinal() string { return w.say("forget-final", nil, nil) }

func (w *Words) ForgetKeeps() string { return w.say("forget-keeps", nil, nil) }

func (w *Words) ForgetLater() string { return w.say("forget-later", nil, nil) }

func (w *Words) ForgetLogsFailed(reason string) string {
	return w.say("forget-logs-failed", nil, values{"Reason": reason})
}

func (w *Words) ForgetMoreCampaigns(n int) string {
	return w.say("forget-more-campaigns", n, values{"N": w.Number(n)})
}

func (w *Words) ForgetNameOne() string { return w.say("forget-name-one", nil, nil) }

func (w *Words) ForgetNoTerminal() string { return w.say("forget-no-terminal", nil, nil) }

func (w *Words) ForgetNotTyped(digits string) string {
	return w.say("forget-not-typed", nil, values{"Digits": digits})
}

func (w *Words) ForgetNothingBut(mode, number string) string {
	return w.say("forget-nothing-but", nil, values{"Mode": mode, "Number": number})
}

func (w *Words) ForgetNothingOld(mode, date string) string {
	return w.say("forget-nothing-old", nil, values{"Mode": mode, "Date": date})
}

func (w *Words) ForgetNothingPerson(mode, number string) string {
	return w.say("forget-nothing-person", nil, values{"Mode": mode, "Number": number})
}

func (w *Words) ForgetOld(mode, date string) string {
	return w.say("forget-old", nil, values{"Mode": mode, "Date": date})
}

func (w *Words) ForgetPending(n int) string {
	return w.say("forget-pending", n, values{"N": w.Number(n)})
}

func (w *Words) ForgetPerson(mode, number string) string {
	return w.say("forget-person", nil, values{"Mode": mode, "Number": number})
}

func (w *Words) ForgetPrompt(n int, digits string) string {
	return w.say("forget-prompt", n, values{"N": w.Number(n), "Digits": digits})
}

func (w *Words) ForgetRows(n int, campaign, date string) string {
	return w.say("forget-rows", n, values{"N": w.Number(n), "Campaign": campaign, "Date": date})
}

func (w *Words) ForgetRunning(campaign string) string {
	return w.say("forget-running", nil, values{"Campaign": campaign})
}

func (w *Words) ForgetStaysInCampaign(places, campaign string) string {
	return w.say("forget-stays-in-campaign", nil, values{"Places": places, "Campaign": campaign})
}

func (w *Words) ForgetStaysInRows(n int, campaign, rows string) string {
	return w.say("forget-stays-in-rows", n, values{"N": w.Number(n), "Campaign": campaign, "Rows": rows})
}

func (w *Words) ForgetTests(n int) string { return w.say("forget-tests", n, values{"N": w.Number(n)}) }

func (w *Words) ForgetUnfinished(n int, names string) string {
	return w.say("forget-unfinished", n, values{"N": w.Number(n), "Names": names})
}

func (w *Words) ForgetUnsteady() string { return w.say("forget-unsteady", nil, nil) }

func (w *Words) ForgetUnswept(reason string) string {
	return w.say("forget-unswept", nil, values{"Reason": reason})
}

func (w *Words) Forgotten(mode, what string) string {
	return w.say("forgotten", nil, values{"Mode": mode, "What": what})
}

func (w *Words) ForgottenBut() string { return w.say("forgotten-but", nil, nil) }

func (w *Words) ForgottenBytes() string { return w.say("forgotten-bytes", nil, nil) }

func (w *Words) ForgottenBytesLedger() string { return w.say("forgotten-bytes-ledger", nil, nil) }

func (w *Words) ForgottenFileMasked(file string) string {
	return w.say("forgotten-file-masked", nil, values{"File": file})
}

func (w *Words) ForgottenFiles() string { return w.say("forgotten-files", nil, nil) }

func (w *Words) ForgottenLogs() string { return w.say("forgotten-logs", nil, nil) }

func (w *Words) ForgottenMoreCommands(n int) string {
	return w.say("forgotten-more-commands", n, values{"N": w.Number(n)})
}

func (w *Words) ForgottenNoUpdate() string { return w.say("forgotten-no-update", nil, nil) }

func (w *Words) ForgottenOn(date string) string {
	return w.say("forgotten-on", nil, values{"Date": date})
}

func (w *Words) ForgottenRehearsals() string { return w.say("forgotten-rehearsals", nil, nil) }

func (w *Words) ForgottenResults() string { return w.say("forgotten-results", nil, nil) }

func (w *Words) ForgottenUpdate(n int, campaign string) string {
	return w.say("forgotten-update", n, values{"N": w.Number(n), "Campaign": campaign})
}

func (w *Words) ForgottenWay() string { return w.say("forgotten-way", nil, nil) }

func (w *Words) ForgottenWayNext() string { return w.say("forgotten-way-next", nil, nil) }

func (w *Words) FormSheet(sheet string) string {
	return w.say("form-sheet", nil, values{"Sheet": sheet})
}

func (w *Words) FormSheetOf(sheet, sheets string) string {
	return w.say("form-sheet-of", nil, values{"Sheet": sheet, "Sheets": sheets})
}

func (w *Words) FormText(delimiter, encoding string) string {
	return w.say("form-text", nil, values{"Delimiter": delimiter, "Encoding": encoding})
}

func (w *Words) FromNumber(account, team string) string {
	return w.say("from-number", nil, values{"Account": account, "Team": team})
}

func (w *Words) FromSame(account string) string {
	return w.say("from-same", nil, values{"Account": account})
}

func (w *Words) FromTo(start, end, zone string) string {
	return w.say("from-to", nil, values{"Start": start, "End": end, "Zone": zone})
}

func (w *Words) GoOnDoubts() string { return w.say("go-on-doubts", nil, nil) }

func (w *Words) GoOnLater(n int, time string) string {
	return w.say("go-on-later", n, values{"N": w.Number(n), "Time": time})
}

func (w *Words) GoOnLook() string { return w.say("go-on-look", nil, nil) }

func (w *Words) GoOnNotBegun() string { return w.say("go-on-not-begun", nil, nil) }

func (w *Words) GoOnPart(n int) string { return w.say("go-on-part", n, values{"N": w.Number(n)}) }

func (w *Words) GoOnPilot(n int) string { return w.say("go-on-pilot", n, values{"N": w.Number(n)}) }

func (w *Words) GoOnPortion(n int, cap string) string {
	return w.say("go-on-portion", n, values{"N": w.Number(n), "Cap": cap})
}

func (w *Words) GoOnRest() string { return w.say("go-on-rest", nil, nil) }

func (w *Words) GoOnStopped() string { return w.say("go-on-stopped", nil, nil) }

func (w *Words) HelpExample() string { return w.say("help-example", nil, nil) }

func (w *Words) HelpMore(program string) string {
	return w.say("help-more", nil, values{"Program": program})
}

func (w *Words) HelpTopics() string { return w.say("help-topics", nil, nil) }

func (w *Words) HelpUsage() string { return w.say("help-usage", nil, nil) }

func (w *Words) HistoryAccepted(n int) string {
	return w.say("history-accepted", n, values{"N": w.Number(n)})
}

func (w *Words) HistoryEntry(when, campaign, row string) string {
	return w.say("history-entry", nil, values{"When": when, "Campaign": campaign, "Row": row})
}

func (w *Words) HistoryEntryGone(when, campaign string) string {
	return w.say("history-entry-gone", nil, values{"When": when, "Campaign": campaign})
}

func (w *Words) HistoryErased() string { return w.say("history-erased", nil, nil) }

func (w *Words) HistoryNone() string { return w.say("history-none", nil, nil) }

func (w *Words) HistoryOptedOut(date, account string) string {
	return w.say("history-opted-out", nil, values{"Date": date, "Account": account})
}

func (w *Words) HistoryRows(n int) string { return w.say("history-rows", n, values{"N": w.Number(n)}) }

func (w *Words) HistoryStatus(status, cause, messageID string) string {
	return w.say("history-status", nil, values{"Status": status, "Cause": cause, "MessageID": messageID})
}

func (w *Words) HistoryTest(when, campaign string) string {
	return w.say("history-test", nil, values{"When": when, "Campaign": campaign})
}

func (w *Words) HistoryTests(n int) string {
	return w.say("history-tests", n, values{"N": w.Number(n)})
}

func (w *Words) HistoryTestsOnly() string { return w.say("history-tests-only", nil, nil) }

func (w *Words) HistoryTitle(mode, number, country string) string {
	return w.say("history-title", nil, values{"Mode": mode, "Number": number, "Country": country})
}

func (w *Words) HolidaysFileGone(file string) string {
	return w.say("holidays-file-gone", nil, values{"File": file})
}

func (w *Words) HolidaysLineNoDate(line, file, text string) string {
	return w.say("holidays-line-no-date", nil, values{"Line": line, "File": file, "Text": text})
}

func (w *Words) HolidaysNoCountry() string { return w.say("holidays-no-country", nil, nil) }

func (w *Words) HolidaysNoDate(file string) string {
	return w.say("holidays-no-date", nil, values{"File": file})
}

func (w *Words) HolidaysOfCountry(country string) string {
	return w.say("holidays-of-country", nil, values{"Country": country})
}

func (w *Words) HolidaysOfFile(file string) string {
	return w.say("holidays-of-file", nil, values{"File": file})
}

func (w *Words) HolidaysOfMost(country string) string {
	return w.say("holidays-of-most", nil, values{"Country": country})
}

func (w *Words) HolidaysUnknown(country string) string {
	return w.say("holidays-unknown", nil, values{"Country": country})
}

func (w *Words) HolidaysUnreadable(file, why string) string {
	return w.say("holidays-unreadable", nil, values{"File": file, "Why": why})
}

func (w *Words) HoursBad() string { return w.say("hours-bad", nil, nil) }

func (w *Words) HoursGood() string { return w.say("hours-good", nil, nil) }

func (w *Words) InitExcelAndDelimiter() string { return w.say("init-excel-and-delimiter", nil, nil) }

func (w *Words) InitWorkbookDelimiter(file string) string {
	return w.say("init-workbook-delimiter", nil, values{"File": file})
}

func (w *Words) Interrupted() string { return w.say("interrupted", nil, nil) }

func (w *Words) InterruptedUpdate() string { return w.say("interrupted-update", nil, nil) }

func (w *Words) IrregularTooLong(limit string) string {
	return w.say("irregular-too-long", nil, values{"Limit": limit})
}

func (w *Words) KeepAwake() string { return w.say("keep-awake", nil, nil) }

func (w *Words) KeyElsewhere(time, path, more string) string {
	return w.say("key-elsewhere", nil, values{"Time": time, "Path": path, "More": more})
}

func (w *Words) KeyFileEmpty(path string) string {
	return w.say("key-file-empty", nil, values{"Path": path})
}

func (w *Words) KeyFileUnread(reason string) string {
	return w.say("key-file-unread", nil, values{"Reason": reason})
}

func (w *Words) KeyInCommand() string { return w.say("key-in-command", nil, nil) }

func (w *Words) KeyNone() string { return w.say("key-none", nil, nil) }

func (w *Words) KeyNoneTyped() string { return w.say("key-none-typed", nil, nil) }

func (w *Words) KeyNoneYet() string { return w.say("key-none-yet", nil, nil) }

func (w *Words) KeyPrompt() string { return w.say("key-prompt", nil, nil) }

func (w *Words) LabelApi() string { return w.say("label-api", nil, nil) }

func (w *Words) LabelCampaign() string { return w.say("label-campaign", nil, nil) }

func (w *Words) LabelChanged() string { return w.say("label-changed", nil, nil) }

func (w *Words) LabelChanges() string { return w.say("label-changes", nil, nil) }

func (w *Words) LabelClock() string { return w.say("label-clock", nil, nil) }

func (w *Words) LabelColumns() string { return w.say("label-columns", nil, nil) }

func (w *Words) LabelConsent() string { return w.say("label-consent", nil, nil) }

func (w *Words) LabelContacts() string { return w.say("label-contacts", nil, nil) }

func (w *Words) LabelDone() string { return w.say("label-done", nil, nil) }

func (w *Words) LabelErased() string { return w.say("label-erased", nil, nil) }

func (w *Words) LabelError() string { return w.say("label-error", nil, nil) }

func (w *Words) LabelFile() string { return w.say("label-file", nil, nil) }

func (w *Words) LabelFilter() string { return w.say("label-filter", nil, nil) }

func (w *Words) LabelFinished() string { return w.say("label-finished", nil, nil) }

func (w *Words) LabelForgotten() string { return w.say("label-forgotten", nil, nil) }

func (w *Words) LabelFound() string { return w.say("label-found", nil, nil) }

func (w *Words) LabelFrom() string { return w.say("label-from", nil, nil) }

func (w *Words) LabelHours() string { return w.say("label-hours", nil, nil) }

func (w *Words) LabelInDoubt() string { return w.say("label-in-doubt", nil, nil) }

func (w *Words) LabelInFile() string { return w.say("label-in-file", nil, nil) }

func (w *Words) LabelItMeans() string { return w.say("label-it-means", nil, nil) }

func (w *Words) LabelKanalSaid() string { return w.say("label-kanal-said", nil, nil) }

func (w *Words) LabelKept() string { return w.say("label-kept", nil, nil) }

func (w *Words) LabelKeys() string { return w.say("label-keys", nil, nil) }

func (w *Words) LabelLastError() string { return w.say("label-last-error", nil, nil) }

func (w *Words) LabelLater() string { return w.say("label-later", nil, nil) }

func (w *Words) LabelLedger() string { return w.say("label-ledger", nil, nil) }

func (w *Words) LabelLeftOut() string { return w.say("label-left-out", nil, nil) }

func (w *Words) LabelLists() string { return w.say("label-lists", nil, nil) }

func (w *Words) LabelLog() string { return w.say("label-log", nil, nil) }

func (w *Words) LabelMessage() string { return w.say("label-message", nil, nil) }

func (w *Words) LabelNext() string { return w.say("label-next", nil, nil) }

func (w *Words) LabelNotClear() string { return w.say("label-not-clear", nil, nil) }

func (w *Words) LabelNotKnown() string { return w.say("label-not-known", nil, nil) }

func (w *Words) LabelNotSent() string { return w.say("label-not-sent", nil, nil) }

func (w *Words) LabelNotTried() string { return w.say("label-not-tried", nil, nil) }

func (w *Words) LabelNumber() string { return w.say("label-number", nil, nil) }

func (w *Words) LabelNumberId() string { return w.say("label-number-id", nil, nil) }

func (w *Words) LabelOutcomes() string { return w.say("label-outcomes", nil, nil) }

func (w *Words) LabelPilot() string { return w.say("label-pilot", nil, nil) }

func (w *Words) LabelPlan() string { return w.say("label-plan", nil, nil) }

func (w *Words) LabelPlanned() string { return w.say("label-planned", nil, nil) }

func (w *Words) LabelProblems() string { return w.say("label-problems", nil, nil) }

func (w *Words) LabelRead() string { return w.say("label-read", nil, nil) }

func (w *Words) LabelRebuilt() string { return w.say("label-rebuilt", nil, nil) }

func (w *Words) LabelRepeats() string { return w.say("label-repeats", nil, nil) }

func (w *Words) LabelReport() string { return w.say("label-report", nil, nil) }

func (w *Words) LabelResults() string { return w.say("label-results", nil, nil) }

func (w *Words) LabelRisk() string { return w.say("label-risk", nil, nil) }

func (w *Words) LabelRows() string { return w.say("label-rows", nil, nil) }

func (w *Words) LabelRunning() string { return w.say("label-running", nil, nil) }

func (w *Words) LabelRuns() string { return w.say("label-runs", nil, nil) }

func (w *Words) LabelSaid() string { return w.say("label-said", nil, nil) }

func (w *Words) LabelSandboxAddress() string { return w.say("label-sandbox-address", nil, nil) }

func (w *Words) LabelSandboxKey() string { return w.say("label-sandbox-key", nil, nil) }

func (w *Words) LabelSandboxTruth() string { return w.say("label-sandbox-truth", nil, nil) }

func (w *Words) LabelSoFar() string { return w.say("label-so-far", nil, nil) }

func (w *Words) LabelStatus() string { return w.say("label-status", nil, nil) }

func (w *Words) LabelStays() string { return w.say("label-stays", nil, nil) }

func (w *Words) LabelTakes() string { return w.say("label-takes", nil, nil) }

func (w *Words) LabelTemplate() string { return w.say("label-template", nil, nil) }

func (w *Words) LabelTest() string { return w.say("label-test", nil, nil) }

func (w *Words) LabelTextNow() string { return w.say("label-text-now", nil, nil) }

func (w *Words) LabelTextPlanned() string { return w.say("label-text-planned", nil, nil) }

func (w *Words) LabelTo() string { return w.say("label-to", nil, nil) }

func (w *Words) LabelToSend() string { return w.say("label-to-send", nil, nil) }

func (w *Words) LabelTries() string { return w.say("label-tries", nil, nil) }

func (w *Words) LabelUnanswered() string { return w.say("label-unanswered", nil, nil) }

func (w *Words) LabelVariables() string { return w.say("label-variables", nil, nil) }

func (w *Words) LabelVolume() string { return w.say("label-volume", nil, nil) }

func (w *Words) LabelWarnings() string { return w.say("label-warnings", nil, nil) }

func (w *Words) LabelWhen() string { return w.say("label-when", nil, nil) }

func (w *Words) LabelWindow() string { return w.say("label-window", nil, nil) }

func (w *Words) Language() string { return w.say("language", nil, nil) }

func (w *Words) LedgerElsewhere(path, real string) string {
	return w.say("ledger-elsewhere", nil, values{"Path": path, "Real": real})
}

func (w *Words) LedgerNoFolder(reason string) string {
	return w.say("ledger-no-folder", nil, values{"Reason": reason})
}

func (w *Words) LeftOutFrom(reason, first, last string) string {
	return w.say("left-out-from", nil, values{"Reason": reason, "First": first, "Last": last})
}

func (w *Words) LeftOutListsNow(n int) string {
	return w.say("left-out-lists-now", n, values{"N": w.Number(n)})
}

func (w *Words) LeftOutOn(reason, day string) string {
	return w.say("left-out-on", nil, values{"Reason": reason, "Day": day})
}

func (w *Words) LeftOutRows(n int, reasons string) string {
	return w.say("left-out-rows", n, values{"N": w.Number(n), "Reasons": reasons})
}

func (w *Words) LeftOutSince(n int) string {
	return w.say("left-out-since", n, values{"N": w.Number(n)})
}

func (w *Words) LimitFiles(may, needed string) string {
	return w.say("limit-files", nil, values{"May": may, "Needed": needed})
}

func (w *Words) LimitMemory(may, needed string) string {
	return w.say("limit-memory", nil, values{"May": may, "Needed": needed})
}

func (w *Words) ListAnd(first, last string) string {
	return w.say("list-and", nil, values{"First": first, "Last": last})
}

func (w *Words) ListGone(path, why, flags string) string {
	return w.say("list-gone", nil, values{"Path": path, "Why": why, "Flags": flags})
}

func (w *Words) ListLine(row, problem string) string {
	return w.say("list-line", nil, values{"Row": row, "Problem": problem})
}

func (w *Words) ListMore(n int) string { return w.say("list-more", n, values{"N": w.Number(n)}) }

func (w *Words) ListOr(first, last string) string {
	return w.say("list-or", nil, values{"First": first, "Last": last})
}

func (w *Words) ListPair(row, number, listRow, cell string) string {
	return w.say("list-pair", nil, values{"Row": row, "Number": number, "ListRow": listRow, "Cell": cell})
}

func (w *Words) ListUnreadable(path string) string {
	return w.say("list-unreadable", nil, values{"Path": path})
}

func (w *Words) ListsLifted(n int) string { return w.say("lists-lifted", n, values{"N": w.Number(n)}) }

func (w *Words) ListsLiftedForgotten(n int) string {
	return w.say("lists-lifted-forgotten", n, values{"N": w.Number(n)})
}

func (w *Words) LostLedger(file string) string {
	return w.say("lost-ledger", nil, values{"File": file})
}

func (w *Words) MessageFreeForm(typeText string) string {
	return w.say("message-free-form", nil, values{"Type": typeText})
}

func (w *Words) MessageFreeFormReaches(typeText string) string {
	return w.say("message-free-form-reaches", nil, values{"Type": typeText})
}

func (w *Words) MessageNone() string { return w.say("message-none", nil, nil) }

func (w *Words) MessageTemplate(name, number string) string {
	return w.say("message-template", nil, values{"Name": name, "Number": number})
}

func (w *Words) MessageTemplateOf(name, number, day string) string {
	return w.say("message-template-of", nil, values{"Name": name, "Number": number, "Day": day})
}

func (w *Words) MessageTextEmpty(file string) string {
	return w.say("message-text-empty", nil, values{"File": file})
}

func (w *Words) MessageTextNotUtf8(file string) string {
	return w.say("message-text-not-utf8", nil, values{"File": file})
}

func (w *Words) MessageTextTwice() string { return w.say("message-text-twice", nil, nil) }

func (w *Words) MessageTextUnreadable(file, why string) string {
	return w.say("message-text-unreadable", nil, values{"File": file, "Why": why})
}

func (w *Words) MessageTwo(link string) string {
	return w.say("message-two", nil, values{"Link": link})
}

func (w *Words) MessageTypeMissing() string { return w.say("message-type-missing", nil, nil) }

func (w *Words) MessagesSeveral(n int) string {
	return w.say("messages-several", n, values{"N": w.Number(n)})
}

func (w *Words) ModeLive() string { return w.say("mode-live", nil, nil) }

func (w *Words) ModeSandbox() string { return w.say("mode-sandbox", nil, nil) }

func (w *Words) MomentInZone(moment, zone string) string {
	return w.say("moment-in-zone", nil, values{"Moment": moment, "Zone": zone})
}

func (w *Words) MoreCells(n int) string { return w.say("more-cells", n, values{"N": w.Number(n)}) }

func (w *Words) MoreRows(n int) string { return w.say("more-rows", n, values{"N": w.Number(n)}) }

func (w *Words) MoreValues(n int) string { return w.say("more-values", n, values{"N": w.Number(n)}) }

func (w *Words) NoCountry() string { return w.say("no-country", nil, nil) }

func (w *Words) NoLedger(path string) string { return w.say("no-ledger", nil, values{"Path": path}) }

func (w *Words) NoLedgerRehearsal(path string) string {
	return w.say("no-ledger-rehearsal", nil, values{"Path": path})
}

func (w *Words) NoLedgerRehearsed(path string) string {
	return w.say("no-ledger-rehearsed", nil, values{"Path": path})
}

func (w *Words) NoNumber() string { return w.say("no-number", nil, nil) }

func (w *Words) NoNumberGiven() string { return w.say("no-number-given", nil, nil) }

func (w *Words) NoReasonKnown() string { return w.say("no-reason-known", nil, nil) }

func (w *Words) NoSuchCommand(name string) string {
	return w.say("no-such-command", nil, values{"Name": name})
}

func (w *Words) NoSuchCommandFile(name string) string {
	return w.say("no-such-command-file", nil, values{"Name": name})
}

func (w *Words) NoSuchShell(shell string) string {
	return w.say("no-such-shell", nil, values{"Shell": shell})
}

func (w *Words) NoSuchTopic(name string) string {
	return w.say("no-such-topic", nil, values{"Name": name})
}

func (w *Words) NoValues() string { return w.say("no-values", nil, nil) }

func (w *Words) NoWayBack() string { return w.say("no-way-back", nil, nil) }

func (w *Words) Nobody() string { return w.say("nobody", nil, nil) }

func (w *Words) NotTyped(digits string) string {
	return w.say("not-typed", nil, values{"Digits": digits})
}

func (w *Words) NothingSent() string { return w.say("nothing-sent", nil, nil) }

func (w *Words) NothingTyped() string { return w.say("nothing-typed", nil, nil) }

func (w *Words) NumberOfCountry(number, country string) string {
	return w.say("number-of-country", nil, values{"Number": number, "Country": country})
}

func (w *Words) OldLedger(n int, results, ledger string) string {
	return w.say("old-ledger", n, values{"N": w.Number(n), "Results": results, "Ledger": ledger})
}

func (w *Words) OtherAccount(campaign, planned, account string) string {
	return w.say("other-account", nil, values{"Campaign": campaign, "Planned": planned, "Account": account})
}

func (w *Words) OtherMessage(campaign, planned, asked string) string {
	return w.say("other-message", nil, values{"Campaign": campaign, "Planned": planned, "Asked": asked})
}

func (w *Words) OtherText(campaign string) string {
	return w.say("other-text", nil, values{"Campaign": campaign})
}

func (w *Words) OtherVariables(template, campaign, planned, asked string) string {
	return w.say("other-variables", nil, values{"Template": template, "Campaign": campaign, "Planned": planned, "Asked": asked})
}

func (w *Words) PassedBoth(name, email string) string {
	return w.say("passed-both", nil, values{"Name": name, "Email": email})
}

func (w *Words) PassedEmail(email string) string {
	return w.say("passed-email", nil, values{"Email": email})
}

func (w *Words) PassedName(name string) string {
	return w.say("passed-name", nil, values{"Name": name})
}

func (w *Words) PassedNone() string { return w.say("passed-none", nil, nil) }

func (w *Words) PauseAsked() string { return w.say("pause-asked", nil, nil) }

func (w *Words) PauseBetween(end string) string {
	return w.say("pause-between", nil, values{"End": end})
}

func (w *Words) PauseDoubts() string { return w.say("pause-doubts", nil, nil) }

func (w *Words) PauseNetwork() string { return w.say("pause-network", nil, nil) }

func (w *Words) PauseSuddenly() string { return w.say("pause-suddenly", nil, nil) }

func (w *Words) PauseWithin() string { return w.say("pause-within", nil, nil) }

func (w *Words) People(n int) string { return w.say("people", n, values{"N": w.Number(n)}) }

func (w *Words) PeopleOfCountries(n int, countries string) string {
	return w.say("people-of-countries", n, values{"N": w.Number(n), "Countries": countries})
}

func (w *Words) PilotMessage(iD string) string { return w.say("pilot-message", nil, values{"ID": iD}) }

func (w *Words) PilotMore(n int) string { return w.say("pilot-more", n, values{"N": w.Number(n)}) }

func (w *Words) PilotPart(part, all, first string) string {
	return w.say("pilot-part", nil, values{"Part": part, "All": all, "First": first})
}

func (w *Words) PilotRow(row string) string { return w.say("pilot-row", nil, values{"Row": row}) }

func (w *Words) PlaceColumn(letter string) string {
	return w.say("place-column", nil, values{"Letter": letter})
}

func (w *Words) PlaceColumnNamed(letter, header string) string {
	return w.say("place-column-named", nil, values{"Letter": letter, "Header": header})
}

func (w *Words) PlaceMessage() string { return w.say("place-message", nil, nil) }

func (w *Words) PlannedConsent(columns string) string {
	return w.say("planned-consent", nil, values{"Columns": columns})
}

func (w *Words) PlannedNoConsent() string { return w.say("planned-no-consent", nil, nil) }

func (w *Words) PreviewFirst(row string) string {
	return w.say("preview-first", nil, values{"Row": row})
}

func (w *Words) PreviewLongest(row string) string {
	return w.say("preview-longest", nil, values{"Row": row})
}

func (w *Words) PreviewRandom(row string) string {
	return w.say("preview-random", nil, values{"Row": row})
}

func (w *Words) PreviewRow(row string) string { return w.say("preview-row", nil, values{"Row": row}) }

func (w *Words) PreviewRowFirst(row string) string {
	return w.say("preview-row-first", nil, values{"Row": row})
}

func (w *Words) PreviewRowLongest(row string) string {
	return w.say("preview-row-longest", nil, values{"Row": row})
}

func (w *Words) PreviewRowRandom(row string) string {
	return w.say("preview-row-random", nil, values{"Row": row})
}

func (w *Words) PreviewTest(row string) string { return w.say("preview-test", nil, values{"Row": row}) }

func (w *Words) ProblemsUnwritten(folder, why string) string {
	return w.say("problems-unwritten", nil, values{"Folder": folder, "Why": why})
}

func (w *Words) ProgressAccepted(number string) string {
	return w.say("progress-accepted", nil, values{"Number": number})
}

func (w *Words) ProgressFar(done, total string) string {
	return w.say("progress-far", nil, values{"Done": done, "Total": total})
}

func (w *Words) ProgressFarFirst(done, total, all string) string {
	return w.say("progress-far-first", nil, values{"Done": done, "Total": total, "All": all})
}

func (w *Words) ProgressFarPilot(done, total, all string) string {
	return w.say("progress-far-pilot", nil, values{"Done": done, "Total": total, "All": all})
}

func (w *Words) ProgressFarRetry(done, total, all string) string {
	return w.say("progress-far-retry", nil, values{"Done": done, "Total": total, "All": all})
}

func (w *Words) ProgressInDoubt(number string) string {
	return w.say("progress-in-doubt", nil, values{"Number": number})
}

func (w *Words) ProgressLeft(left, end string) string {
	return w.say("progress-left", nil, values{"Left": left, "End": end})
}

func (w *Words) ProgressLine(time, mode, campaign, far, accepted, refused, inDoubt, pace, left string) string {
	return w.say("progress-line", nil, values{"Time": time, "Mode": mode, "Campaign": campaign, "Far": far, "Accepted": accepted, "Refused": refused, "InDoubt": inDoubt, "Pace": pace, "Left": left})
}

func (w *Words) ProgressRate(rate string) string {
	return w.say("progress-rate", nil, values{"Rate": rate})
}

func (w *Words) ProgressRateShared(rate, campaign string) string {
	return w.say("progress-rate-shared", nil, values{"Rate": rate, "Campaign": campaign})
}

func (w *Words) ProgressRefused(number string) string {
	return w.say("progress-refused", nil, values{"Number": number})
}

func (w *Words) ProposalStale() string { return w.say("proposal-stale", nil, nil) }

func (w *Words) ProposedCampaign(title, date string) string {
	return w.say("proposed-campaign", nil, values{"Title": title, "Date": date})
}

func (w *Words) ProposedColumns() string { return w.say("proposed-columns", nil, nil) }

func (w *Words) ProposedCountries() string { return w.say("proposed-countries", nil, nil) }

func (w *Words) ProposedHeaderRow(row string) string {
	return w.say("proposed-header-row", nil, values{"Row": row})
}

func (w *Words) ProposedInCountry(country string) string {
	return w.say("proposed-in-country", nil, values{"Country": country})
}

func (w *Words) ProposedOfCountry(country string) string {
	return w.say("proposed-of-country", nil, values{"Country": country})
}

func (w *Words) ProposedSheet(sheet string) string {
	return w.say("proposed-sheet", nil, values{"Sheet": sheet})
}

func (w *Words) ProposedTemplateOfSandbox() string {
	return w.say("proposed-template-of-sandbox", nil, nil)
}

func (w *Words) ProposedTemplateUsed(campaign string) string {
	return w.say("proposed-template-used", nil, values{"Campaign": campaign})
}

func (w *Words) ProposedUnlike(columns string) string {
	return w.say("proposed-unlike", nil, values{"Columns": columns})
}

func (w *Words) ProposedVariable(variable string) string {
	return w.say("proposed-variable", nil, values{"Variable": variable})
}

func (w *Words) Quoted(text string) string { return w.say("quoted", nil, values{"Text": text}) }

func (w *Words) Reading(file string) string { return w.say("reading", nil, values{"File": file}) }

func (w *Words) ReadingRows(n int, file string) string {
	return w.say("reading-rows", n, values{"N": w.Number(n), "File": file})
}

func (w *Words) RebuiltAtNight() string { return w.say("rebuilt-at-night", nil, nil) }

func (w *Words) RebuiltAtNightNow() string { return w.say("rebuilt-at-night-now", nil, nil) }

func (w *Words) RebuiltFrom(campaign, file, time string) string {
	return w.say("rebuilt-from", nil, values{"Campaign": campaign, "File": file, "Time": time})
}

func (w *Words) RebuiltKeyMismatch(file, row string) string {
	return w.say("rebuilt-key-mismatch", nil, values{"File": file, "Row": row})
}

func (w *Words) RebuiltLimits() string { return w.say("rebuilt-limits", nil, nil) }

func (w *Words) RebuiltMessage(message string) string {
	return w.say("rebuilt-message", nil, values{"Message": message})
}

func (w *Words) RebuiltMissing(flags string) string {
	return w.say("rebuilt-missing", nil, values{"Flags": flags})
}

func (w *Words) RebuiltNoTemplate(n int, row, file, campaign string) string {
	return w.say("rebuilt-no-template", n, values{"N": w.Number(n), "Row": row, "File": file, "Campaign": campaign})
}

func (w *Words) RebuiltNumber(account string) string {
	return w.say("rebuilt-number", nil, values{"Account": account})
}

func (w *Words) RebuiltOtherNumber(file, row, cell, phone string) string {
	return w.say("rebuilt-other-number", nil, values{"File": file, "Row": row, "Cell": cell, "Phone": phone})
}

func (w *Words) RebuiltRehearsal(file string) string {
	return w.say("rebuilt-rehearsal", nil, values{"File": file})
}

func (w *Words) RebuiltRowTwice(file, row string) string {
	return w.say("rebuilt-row-twice", nil, values{"File": file, "Row": row})
}

func (w *Words) RebuiltShortened(file, row, cell string) string {
	return w.say("rebuilt-shortened", nil, values{"File": file, "Row": row, "Cell": cell})
}

func (w *Words) RefusedCauseUnknown(campaign, cause string) string {
	return w.say("refused-cause-unknown", nil, values{"Campaign": campaign, "Cause": cause})
}

func (w *Words) RefusedNoRowFits(campaign string) string {
	return w.say("refused-no-row-fits", nil, values{"Campaign": campaign})
}

func (w *Words) RefusedNoRowOfCause(campaign, causes, there string) string {
	return w.say("refused-no-row-of-cause", nil, values{"Campaign": campaign, "Causes": causes, "There": there})
}

func (w *Words) RefusedNoTemplates() string { return w.say("refused-no-templates", nil, nil) }

func (w *Words) RefusedNobodyToAsk() string { return w.say("refused-nobody-to-ask", nil, nil) }

func (w *Words) RefusedNoneUnfinished() string { return w.say("refused-none-unfinished", nil, nil) }

func (w *Words) RefusedNoneUnfinishedRehearsed() string {
	return w.say("refused-none-unfinished-rehearsed", nil, nil)
}

func (w *Words) RefusedNotLost(campaign string) string {
	return w.say("refused-not-lost", nil, values{"Campaign": campaign})
}

func (w *Words) RefusedNothingToSend(file string) string {
	return w.say("refused-nothing-to-send", nil, values{"File": file})
}

func (w *Words) RefusedOtherSetting(campaign, planned, flag, asked string) string {
	return w.say("refused-other-setting", nil, values{"Campaign": campaign, "Planned": planned, "Flag": flag, "Asked": asked})
}

func (w *Words) RefusedOutDirMissing(folder string) string {
	return w.say("refused-out-dir-missing", nil, values{"Folder": folder})
}

func (w *Words) RefusedSeveralUnfinished() string {
	return w.say("refused-several-unfinished", nil, nil)
}

func (w *Words) RefusedTemplateAmbiguous(n int, name, flags string) string {
	return w.say("refused-template-ambiguous", n, values{"N": w.Number(n), "Name": name, "Flags": flags})
}

func (w *Words) RefusedTestNumber(problem string) string {
	return w.say("refused-test-number", nil, values{"Problem": problem})
}

func (w *Words) RefusedTooManyLists(n int, most string) string {
	return w.say("refused-too-many-lists", n, values{"N": w.Number(n), "Most": most})
}

func (w *Words) RefusedUnsteady() string { return w.say("refused-unsteady", nil, nil) }

func (w *Words) RefusedUnwritable(folder, why string) string {
	return w.say("refused-unwritable", nil, values{"Folder": folder, "Why": why})
}

func (w *Words) RehearsalAsksNothing(live string) string {
	return w.say("rehearsal-asks-nothing", nil, values{"Live": live})
}

func (w *Words) RehearsalLedger(path string) string {
	return w.say("rehearsal-ledger", nil, values{"Path": path})
}

func (w *Words) RehearsalMeans() string { return w.say("rehearsal-means", nil, nil) }

func (w *Words) RepeatsAgain(n int) string {
	return w.say("repeats-again", n, values{"N": w.Number(n)})
}

func (w *Words) RepeatsNone() string { return w.say("repeats-none", nil, nil) }

func (w *Words) RepeatsOf(n int, campaign, day string) string {
	return w.say("repeats-of", n, values{"N": w.Number(n), "Campaign": campaign, "Day": day})
}

func (w *Words) RepeatsOthers(n int) string {
	return w.say("repeats-others", n, values{"N": w.Number(n)})
}

func (w *Words) RepeatsRenamed() string { return w.say("repeats-renamed", nil, nil) }

func (w *Words) RepeatsStop(n int, all, day, campaign string) string {
	return w.say("repeats-stop", n, values{"N": w.Number(n), "All": all, "Day": day, "Campaign": campaign})
}

func (w *Words) ReportAccepted(n int, accepted, share string) string {
	return w.say("report-accepted", n, values{"N": w.Number(n), "Accepted": accepted, "Share": share})
}

func (w *Words) ReportAcceptedHeading() string { return w.say("report-accepted-heading", nil, nil) }

func (w *Words) ReportAcceptedMeans() string { return w.say("report-accepted-means", nil, nil) }

func (w *Words) ReportAcceptedOld(n int) string {
	return w.say("report-accepted-old", n, values{"N": w.Number(n)})
}

func (w *Words) ReportAll(n int) string { return w.say("report-all", n, values{"N": w.Number(n)}) }

func (w *Words) ReportAllTried() string { return w.say("report-all-tried", nil, nil) }

func (w *Words) ReportAttention(n int) string {
	return w.say("report-attention", n, values{"N": w.Number(n)})
}

func (w *Words) ReportBusiest(number string) string {
	return w.say("report-busiest", nil, values{"Number": number})
}

func (w *Words) ReportButton() string { return w.say("report-button", nil, nil) }

func (w *Words) ReportButtonOpens(address string) string {
	return w.say("report-button-opens", nil, values{"Address": address})
}

func (w *Words) ReportCausesThere(causes string) string {
	return w.say("report-causes-there", nil, values{"Causes": causes})
}

func (w *Words) ReportChart() string { return w.say("report-chart", nil, nil) }

func (w *Words) ReportChartTable() string { return w.say("report-chart-table", nil, nil) }

func (w *Words) ReportChartTitle() string { return w.say("report-chart-title", nil, nil) }

func (w *Words) ReportChartUnit() string { return w.say("report-chart-unit", nil, nil) }

func (w *Words) ReportColumnAccepted() string { return w.say("report-column-accepted", nil, nil) }

func (w *Words) ReportColumnAdvice() string { return w.say("report-column-advice", nil, nil) }

func (w *Words) ReportColumnCode() string { return w.say("report-column-code", nil, nil) }

func (w *Words) ReportColumnCommand() string { return w.say("report-column-command", nil, nil) }

func (w *Words) ReportColumnConfirmed() string { return w.say("report-column-confirmed", nil, nil) }

func (w *Words) ReportColumnContact() string { return w.say("report-column-contact", nil, nil) }

func (w *Words) ReportColumnCountry() string { return w.say("report-column-country", nil, nil) }

func (w *Words) ReportColumnEnd() string { return w.say("report-column-end", nil, nil) }

func (w *Words) ReportColumnEnded() string { return w.say("report-column-ended", nil, nil) }

func (w *Words) ReportColumnExample() string { return w.say("report-column-example", nil, nil) }

func (w *Words) ReportColumnFirst() string { return w.say("report-column-first", nil, nil) }

func (w *Words) ReportColumnFrom() string { return w.say("report-column-from", nil, nil) }

func (w *Words) ReportColumnKey() string { return w.say("report-column-key", nil, nil) }

func (w *Words) ReportColumnLasted() string { return w.say("report-column-lasted", nil, nil) }

func (w *Words) ReportColumnMessage() string { return w.say("report-column-message", nil, nil) }

func (w *Words) ReportColumnMinute() string { return w.say("report-column-minute", nil, nil) }

func (w *Words) ReportColumnName() string { return w.say("report-column-name", nil, nil) }

func (w *Words) ReportColumnNumber() string { return w.say("report-column-number", nil, nil) }

func (w *Words) ReportColumnOutcome() string { return w.say("report-column-outcome", nil, nil) }

func (w *Words) ReportColumnReason() string { return w.say("report-column-reason", nil, nil) }

func (w *Words) ReportColumnRequests() string { return w.say("report-column-requests", nil, nil) }

func (w *Words) ReportColumnRow() string { return w.say("report-column-row", nil, nil) }

func (w *Words) ReportColumnRows() string { return w.say("report-column-rows", nil, nil) }

func (w *Words) ReportColumnRun() string { return w.say("report-column-run", nil, nil) }

func (w *Words) ReportColumnShare() string { return w.say("report-column-share", nil, nil) }

func (w *Words) ReportColumnStarted() string { return w.say("report-column-started", nil, nil) }

func (w *Words) ReportColumnTo() string { return w.say("report-column-to", nil, nil) }

func (w *Words) ReportColumnTodo() string { return w.say("report-column-todo", nil, nil) }

func (w *Words) ReportColumnTries() string { return w.say("report-column-tries", nil, nil) }

func (w *Words) ReportColumnWhat() string { return w.say("report-column-what", nil, nil) }

func (w *Words) ReportColumnWhen() string { return w.say("report-column-when", nil, nil) }

func (w *Words) ReportColumnWho() string { return w.say("report-column-who", nil, nil) }

func (w *Words) ReportColumnWhy() string { return w.say("report-column-why", nil, nil) }

func (w *Words) ReportConfirmed(n int, moment string) string {
	return w.say("report-confirmed", n, values{"N": w.Number(n), "Moment": moment})
}

func (w *Words) ReportConfirmedBefore() string { return w.say("report-confirmed-before", nil, nil) }

func (w *Words) ReportConfirmedNone() string { return w.say("report-confirmed-none", nil, nil) }

func (w *Words) ReportConfirmedOften(n int, moment string) string {
	return w.say("report-confirmed-often", n, values{"N": w.Number(n), "Moment": moment})
}

func (w *Words) ReportConfirmedSeveral(counts, moment string) string {
	return w.say("report-confirmed-several", nil, values{"Counts": counts, "Moment": moment})
}

func (w *Words) ReportConfirmedThen(before, number string) string {
	return w.say("report-confirmed-then", nil, values{"Before": before, "Number": number})
}

func (w *Words) ReportContents() string { return w.say("report-contents", nil, nil) }

func (w *Words) ReportCounted(n int) string {
	return w.say("report-counted", n, values{"N": w.Number(n)})
}

func (w *Words) ReportCountedOld(n int) string {
	return w.say("report-counted-old", n, values{"N": w.Number(n)})
}

func (w *Words) ReportCountedShares(all string) string {
	return w.say("report-counted-shares", nil, values{"All": all})
}

func (w *Words) ReportCountries() string { return w.say("report-countries", nil, nil) }

func (w *Words) ReportCountriesCaption() string { return w.say("report-countries-caption", nil, nil) }

func (w *Words) ReportCut(n int, first string) string {
	return w.say("report-cut", n, values{"N": w.Number(n), "First": first})
}

func (w *Words) ReportDoubts(n int) string {
	return w.say("report-doubts", n, values{"N": w.Number(n)})
}

func (w *Words) ReportDoubtsHeading() string { return w.say("report-doubts-heading", nil, nil) }

func (w *Words) ReportDoubtsLeft() string { return w.say("report-doubts-left", nil, nil) }

func (w *Words) ReportFinished(n int, moment string) string {
	return w.say("report-finished", n, values{"N": w.Number(n), "Moment": moment})
}

func (w *Words) ReportFooter() string { return w.say("report-footer", nil, nil) }

func (w *Words) ReportForgottenCountries(n int) string {
	return w.say("report-forgotten-countries", n, values{"N": w.Number(n)})
}

func (w *Words) ReportForgottenRows(n int) string {
	return w.say("report-forgotten-rows", n, values{"N": w.Number(n)})
}

func (w *Words) ReportFound(shown, all string) string {
	return w.say("report-found", nil, values{"Shown": shown, "All": all})
}

func (w *Words) ReportInAll() string { return w.say("report-in-all", nil, nil) }

func (w *Words) ReportKeyAccepted() string { return w.say("report-key-accepted", nil, nil) }

func (w *Words) ReportKeyOther() string { return w.say("report-key-other", nil, nil) }

func (w *Words) ReportKeyPause() string { return w.say("report-key-pause", nil, nil) }

func (w *Words) ReportKeyStart() string { return w.say("report-key-start", nil, nil) }

func (w *Words) ReportKind() string { return w.say("report-kind", nil, nil) }

func (w *Words) ReportLabelWho() string { return w.say("report-label-who", nil, nil) }

func (w *Words) ReportLimitKeys() string { return w.say("report-limit-keys", nil, nil) }

func (w *Words) ReportLimitLedger() string { return w.say("report-limit-ledger", nil, nil) }

func (w *Words) ReportLimitProof() string { return w.say("report-limit-proof", nil, nil) }

func (w *Words) ReportLimits() string { return w.say("report-limits", nil, nil) }

func (w *Words) ReportLive() string { return w.say("report-live", nil, nil) }

func (w *Words) ReportLocal(address string) string {
	return w.say("report-local", nil, values{"Address": address})
}

func (w *Words) ReportLook() string { return w.say("report-look", nil, nil) }

func (w *Words) ReportMasked() string { return w.say("report-masked", nil, nil) }

func (w *Words) ReportMasking() string { return w.say("report-masking", nil, nil) }

func (w *Words) ReportMediaLink(media, variable string) string {
	return w.say("report-media-link", nil, values{"Media": media, "Variable": variable})
}

func (w *Words) ReportMessage() string { return w.say("report-message", nil, nil) }

func (w *Words) ReportMessages(n int) string {
	return w.say("report-messages", n, values{"N": w.Number(n)})
}

func (w *Words) ReportNext() string { return w.say("report-next", nil, nil) }

func (w *Words) ReportNextWhere() string { return w.say("report-next-where", nil, nil) }

func (w *Words) ReportNoCause(campaign, cause string) string {
	return w.say("report-no-cause", nil, values{"Campaign": campaign, "Cause": cause})
}

func (w *Words) ReportNoRequest() string { return w.say("report-no-request", nil, nil) }

func (w *Words) ReportNoRow(campaign string) string {
	return w.say("report-no-row", nil, values{"Campaign": campaign})
}

func (w *Words) ReportNoRun() string { return w.say("report-no-run", nil, nil) }

func (w *Words) ReportNotBegun() string { return w.say("report-not-begun", nil, nil) }

func (w *Words) ReportOldRows() string { return w.say("report-old-rows", nil, nil) }

func (w *Words) ReportOtherFile() string { return w.say("report-other-file", nil, nil) }

func (w *Words) ReportOutcome() string { return w.say("report-outcome", nil, nil) }

func (w *Words) ReportOutcomesCaption() string { return w.say("report-outcomes-caption", nil, nil) }

func (w *Words) ReportOutcomesCaptionOld() string {
	return w.say("report-outcomes-caption-old", nil, nil)
}

func (w *Words) ReportPace() string { return w.say("report-pace", nil, nil) }

func (w *Words) ReportProblems() string { return w.say("report-problems", nil, nil) }

func (w *Words) ReportProblemsCaption() string { return w.say("report-problems-caption", nil, nil) }

func (w *Words) ReportProblemsMeans() string { return w.say("report-problems-means", nil, nil) }

func (w *Words) ReportPromise() string { return w.say("report-promise", nil, nil) }

func (w *Words) ReportReasons() string { return w.say("report-reasons", nil, nil) }

func (w *Words) ReportReasonsCaption() string { return w.say("report-reasons-caption", nil, nil) }

func (w *Words) ReportReasonsRegion() string { return w.say("report-reasons-region", nil, nil) }

func (w *Words) ReportRebuilt(file string) string {
	return w.say("report-rebuilt", nil, values{"File": file})
}

func (w *Words) ReportRebuiltHeading() string { return w.say("report-rebuilt-heading", nil, nil) }

func (w *Words) ReportRecipients() string { return w.say("report-recipients", nil, nil) }

func (w *Words) ReportRecipientsCaption() string { return w.say("report-recipients-caption", nil, nil) }

func (w *Words) ReportRehearsal() string { return w.say("report-rehearsal", nil, nil) }

func (w *Words) ReportRehearsalHeading() string { return w.say("report-rehearsal-heading", nil, nil) }

func (w *Words) ReportRehearsalMeans() string { return w.say("report-rehearsal-means", nil, nil) }

func (w *Words) ReportRequests(n int) string {
	return w.say("report-requests", n, values{"N": w.Number(n)})
}

func (w *Words) ReportRowOld() string { return w.say("report-row-old", nil, nil) }

func (w *Words) ReportRunning(n int) string {
	return w.say("report-running", n, values{"N": w.Number(n)})
}

func (w *Words) ReportRuns() string { return w.say("report-runs", nil, nil) }

func (w *Words) ReportRunsCaption() string { return w.say("report-runs-caption", nil, nil) }

func (w *Words) ReportRunsRegion() string { return w.say("report-runs-region", nil, nil) }

func (w *Words) ReportSearch() string { return w.say("report-search", nil, nil) }

func (w *Words) ReportSending() string { return w.say("report-sending", nil, nil) }

func (w *Words) ReportSkip() string { return w.say("report-skip", nil, nil) }

func (w *Words) ReportStrangeFile() string { return w.say("report-strange-file", nil, nil) }

func (w *Words) ReportStretches() string { return w.say("report-stretches", nil, nil) }

func (w *Words) ReportStretchesCaption() string { return w.say("report-stretches-caption", nil, nil) }

func (w *Words) ReportTitle(campaign, mode string) string {
	return w.say("report-title", nil, values{"Campaign": campaign, "Mode": mode})
}

func (w *Words) ReportTooMany(n int) string {
	return w.say("report-too-many", n, values{"N": w.Number(n)})
}

func (w *Words) ReportUnfinished(n int) string {
	return w.say("report-unfinished", n, values{"N": w.Number(n)})
}

func (w *Words) ReportUnmasked() string { return w.say("report-unmasked", nil, nil) }

func (w *Words) ReportUnmaskedHeading() string { return w.say("report-unmasked-heading", nil, nil) }

func (w *Words) ReportVariable() string { return w.say("report-variable", nil, nil) }

func (w *Words) ReportVariableMeans() string { return w.say("report-variable-means", nil, nil) }

func (w *Words) ReportVersion(version string) string {
	return w.say("report-version", nil, values{"Version": version})
}

func (w *Words) ReportWho(person, computer string) string {
	return w.say("report-who", nil, values{"Person": person, "Computer": computer})
}

func (w *Words) ReportWhy(reason, code, said string) string {
	return w.say("report-why", nil, values{"Reason": reason, "Code": code, "Said": said})
}

func (w *Words) ReportWritten(moment, zone string) string {
	return w.say("report-written", nil, values{"Moment": moment, "Zone": zone})
}

func (w *Words) ReportZone(zone, offset string) string {
	return w.say("report-zone", nil, values{"Zone": zone, "Offset": offset})
}

func (w *Words) ReportZones(planned, written string) string {
	return w.say("report-zones", nil, values{"Planned": planned, "Written": written})
}

func (w *Words) ResultsChanged(file, row, column, value string) string {
	return w.say("results-changed", nil, values{"File": file, "Row": row, "Column": column, "Value": value})
}

func (w *Words) ResultsNameUnknown(file string) string {
	return w.say("results-name-unknown", nil, values{"File": file})
}

func (w *Words) ResultsNotOurs(file string) string {
	return w.say("results-not-ours", nil, values{"File": file})
}

func (w *Words) ResumeFlagFromOnly(flag string) string {
	return w.say("resume-flag-from-only", nil, values{"Flag": flag})
}

func (w *Words) ResumeNamedTwice() string { return w.say("resume-named-twice", nil, nil) }

func (w *Words) ResumeStarted(time, person, computer string) string {
	return w.say("resume-started", nil, values{"Time": time, "Person": person, "Computer": computer})
}

func (w *Words) ResumeStartedBroken(time, person, computer string) string {
	return w.say("resume-started-broken", nil, values{"Time": time, "Person": person, "Computer": computer})
}

func (w *Words) ResumeStartedStopped(time, person, computer, stopped, end string) string {
	return w.say("resume-started-stopped", nil, values{"Time": time, "Person": person, "Computer": computer, "Stopped": stopped, "End": end})
}

func (w *Words) RetryCampaign(campaign, date string) string {
	return w.say("retry-campaign", nil, values{"Campaign": campaign, "Date": date})
}

func (w *Words) RetryDoubts(n int) string { return w.say("retry-doubts", n, values{"N": w.Number(n)}) }

func (w *Words) RetryMoreRows(n int) string {
	return w.say("retry-more-rows", n, values{"N": w.Number(n)})
}

func (w *Words) RetryNewKey() string { return w.say("retry-new-key", nil, nil) }

func (w *Words) RetryOnLists(n int) string {
	return w.say("retry-on-lists", n, values{"N": w.Number(n)})
}

func (w *Words) RetryRefused(n int) string {
	return w.say("retry-refused", n, values{"N": w.Number(n)})
}

func (w *Words) RetryRowAlreadySent(row string) string {
	return w.say("retry-row-already-sent", nil, values{"Row": row})
}

func (w *Words) RetryRowDuplicate(row, first string) string {
	return w.say("retry-row-duplicate", nil, values{"Row": row, "First": first})
}

func (w *Words) RetryRowFiltered(row string) string {
	return w.say("retry-row-filtered", nil, values{"Row": row})
}

func (w *Words) RetryRowForgotten(row, date string) string {
	return w.say("retry-row-forgotten", nil, values{"Row": row, "Date": date})
}

func (w *Words) RetryRowGone(row, file string) string {
	return w.say("retry-row-gone", nil, values{"Row": row, "File": file})
}

func (w *Words) RetryRowGoneForgotten(row string) string {
	return w.say("retry-row-gone-forgotten", nil, values{"Row": row})
}

func (w *Words) RetryRowInvalid(row, problem, file string) string {
	return w.say("retry-row-invalid", nil, values{"Row": row, "Problem": problem, "File": file})
}

func (w *Words) RetryRowInvalidForgotten(row, problem string) string {
	return w.say("retry-row-invalid-forgotten", nil, values{"Row": row, "Problem": problem})
}

func (w *Words) RetryRowListed(row, list string) string {
	return w.say("retry-row-listed", nil, values{"Row": row, "List": list})
}

func (w *Words) RetryRowMessagedBefore(row string) string {
	return w.say("retry-row-messaged-before", nil, values{"Row": row})
}

func (w *Words) RetryRowMessagedRecently(row, campaign, date string) string {
	return w.say("retry-row-messaged-recently", nil, values{"Row": row, "Campaign": campaign, "Date": date})
}

func (w *Words) RetryRowMissing(row, file string) string {
	return w.say("retry-row-missing", nil, values{"Row": row, "File": file})
}

func (w *Words) RetryRowNoConsent(row, file string) string {
	return w.say("retry-row-no-consent", nil, values{"Row": row, "File": file})
}

func (w *Words) RetryRowNoConsentForgotten(row string) string {
	return w.say("retry-row-no-consent-forgotten", nil, values{"Row": row})
}

func (w *Words) RetryRowOnlyKnown(row string) string {
	return w.say("retry-row-only-known", nil, values{"Row": row})
}

func (w *Words) RetryRowOptedOut(row, date string) string {
	return w.say("retry-row-opted-out", nil, values{"Row": row, "Date": date})
}

func (w *Words) RetryRowOtherCause(row, asked, why string) string {
	return w.say("retry-row-other-cause", nil, values{"Row": row, "Asked": asked, "Why": why})
}

func (w *Words) RetryRowOtherDoubt(row, asked, why string) string {
	return w.say("retry-row-other-doubt", nil, values{"Row": row, "Asked": asked, "Why": why})
}

func (w *Words) RetryRowPending(row string) string {
	return w.say("retry-row-pending", nil, values{"Row": row})
}

func (w *Words) RetryRowRejected(row, why string) string {
	return w.say("retry-row-rejected", nil, values{"Row": row, "Why": why})
}

func (w *Words) RetryRowSameMessage(row, campaign, date string) string {
	return w.say("retry-row-same-message", nil, values{"Row": row, "Campaign": campaign, "Date": date})
}

func (w *Words) RetryRowSameNumber(row, first string) string {
	return w.say("retry-row-same-number", nil, values{"Row": row, "First": first})
}

func (w *Words) RetryRowSent(row, date, id string) string {
	return w.say("retry-row-sent", nil, values{"Row": row, "Date": date, "Id": id})
}

func (w *Words) RetryRowSkipped(row, why string) string {
	return w.say("retry-row-skipped", nil, values{"Row": row, "Why": why})
}

func (w *Words) RetryRowSuppressed(row, list string) string {
	return w.say("retry-row-suppressed", nil, values{"Row": row, "List": list})
}

func (w *Words) RetryRowUnknown(row, why string) string {
	return w.say("retry-row-unknown", nil, values{"Row": row, "Why": why})
}

func (w *Words) RetrySameKey() string { return w.say("retry-same-key", nil, nil) }

func (w *Words) RowLabel(row string) string { return w.say("row-label", nil, values{"Row": row}) }

func (w *Words) RowsNamed(n int, rows string) string {
	return w.say("rows-named", n, values{"N": w.Number(n), "Rows": rows})
}

func (w *Words) RowsNamedOld(n int, rows string) string {
	return w.say("rows-named-old", n, values{"N": w.Number(n), "Rows": rows})
}

func (w *Words) RunFromTo(start, end string) string {
	return w.say("run-from-to", nil, values{"Start": start, "End": end})
}

func (w *Words) RunLine(command, end, confirmed, person, computer string) string {
	return w.say("run-line", nil, values{"Command": command, "End": end, "Confirmed": confirmed, "Person": person, "Computer": computer})
}

func (w *Words) RunTook(start, took string) string {
	return w.say("run-took", nil, values{"Start": start, "Took": took})
}

func (w *Words) RunUntil(time, end string) string {
	return w.say("run-until", nil, values{"Time": time, "End": end})
}

func (w *Words) RunsMore(n int) string { return w.say("runs-more", n, values{"N": w.Number(n)}) }

func (w *Words) SaidInDoubtSince(said, since string) string {
	return w.say("said-in-doubt-since", nil, values{"Said": said, "Since": since})
}

func (w *Words) SaidMessagedOther(number string) string {
	return w.say("said-messaged-other", nil, values{"Number": number})
}

func (w *Words) SandboxCannotListen(address, why string) string {
	return w.say("sandbox-cannot-listen", nil, values{"Address": address, "Why": why})
}

func (w *Words) SandboxFaultsWrong(why string) string {
	return w.say("sandbox-faults-wrong", nil, values{"Why": why})
}

func (w *Words) SandboxInWindow() string { return w.say("sandbox-in-window", nil, nil) }

func (w *Words) SandboxListenNoAddress(address string) string {
	return w.say("sandbox-listen-no-address", nil, values{"Address": address})
}

func (w *Words) SandboxListenRemote(address string) string {
	return w.say("sandbox-listen-remote", nil, values{"Address": address})
}

func (w *Words) SandboxPortWrong(value string) string {
	return w.say("sandbox-port-wrong", nil, values{"Value": value})
}

func (w *Words) SandboxRemote(address string) string {
	return w.say("sandbox-remote", nil, values{"Address": address})
}

func (w *Words) SandboxStarted(mode string) string {
	return w.say("sandbox-started", nil, values{"Mode": mode})
}

func (w *Words) SandboxStopped() string { return w.say("sandbox-stopped", nil, nil) }

func (w *Words) SandboxStops() string { return w.say("sandbox-stops", nil, nil) }

func (w *Words) SandboxTruth(n int) string {
	return w.say("sandbox-truth", n, values{"N": w.Number(n)})
}

func (w *Words) SaveTextFirst(file string) string {
	return w.say("save-text-first", nil, values{"File": file})
}

func (w *Words) SelectionNext() string { return w.say("selection-next", nil, nil) }

func (w *Words) SelectionOld(n int) string {
	return w.say("selection-old", n, values{"N": w.Number(n)})
}

func (w *Words) SelectionPassed(n int) string {
	return w.say("selection-passed", n, values{"N": w.Number(n)})
}

func (w *Words) SelectionPassedOnly(n int) string {
	return w.say("selection-passed-only", n, values{"N": w.Number(n)})
}

func (w *Words) SelectionUnwilling(n int) string {
	return w.say("selection-unwilling", n, values{"N": w.Number(n)})
}

func (w *Words) SelectionWithout(causes string) string {
	return w.say("selection-without", nil, values{"Causes": causes})
}

func (w *Words) SelectionWritten(n int, file string) string {
	return w.say("selection-written", n, values{"N": w.Number(n), "File": file})
}

func (w *Words) SignalCtrlC() string { return w.say("signal-ctrl-c", nil, nil) }

func (w *Words) SignalTerminalClosed() string { return w.say("signal-terminal-closed", nil, nil) }

func (w *Words) SignalTerminated() string { return w.say("signal-terminated", nil, nil) }

func (w *Words) StandingFileChanged() string { return w.say("standing-file-changed", nil, nil) }

func (w *Words) StandingFinished(campaign, date string) string {
	return w.say("standing-finished", nil, values{"Campaign": campaign, "Date": date})
}

func (w *Words) StandingMessaged(n int, all string) string {
	return w.say("standing-messaged", n, values{"N": w.Number(n), "All": all})
}

func (w *Words) StandingRunning(campaign string) string {
	return w.say("standing-running", nil, values{"Campaign": campaign})
}

func (w *Words) StandingUnfinished(campaign, date string) string {
	return w.say("standing-unfinished", nil, values{"Campaign": campaign, "Date": date})
}

func (w *Words) StarterNext() string { return w.say("starter-next", nil, nil) }

func (w *Words) StarterWritten(file string) string {
	return w.say("starter-written", nil, values{"File": file})
}

func (w *Words) StatusForgotten(n int) string {
	return w.say("status-forgotten", n, values{"N": w.Number(n)})
}

func (w *Words) StatusNone(ledger string) string {
	return w.say("status-none", nil, values{"Ledger": ledger})
}

func (w *Words) StatusOneTitle(mode, campaign, state string) string {
	return w.say("status-one-title", nil, values{"Mode": mode, "Campaign": campaign, "State": state})
}

func (w *Words) StatusRunning(process, computer, started, person string) string {
	return w.say("status-running", nil, values{"Process": process, "Computer": computer, "Started": started, "Person": person})
}

func (w *Words) StatusTitle(n int, mode string) string {
	return w.say("status-title", n, values{"N": w.Number(n), "Mode": mode})
}

func (w *Words) StopGoOn() string { return w.say("stop-go-on", nil, nil) }

func (w *Words) StopNewKey() string { return w.say("stop-new-key", nil, nil) }

func (w *Words) StopNewKeySet() string { return w.say("stop-new-key-set", nil, nil) }

func (w *Words) StopNobodyElse() string { return w.say("stop-nobody-else", nil, nil) }

func (w *Words) Stopping(why string) string { return w.say("stopping", nil, values{"Why": why}) }

func (w *Words) SummaryNotSent(n int) string {
	return w.say("summary-not-sent", n, values{"N": w.Number(n)})
}

func (w *Words) SummaryRepeatsNone(n int) string {
	return w.say("summary-repeats-none", n, values{"N": w.Number(n)})
}

func (w *Words) SummaryRetried(counts string) string {
	return w.say("summary-retried", nil, values{"Counts": counts})
}

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

func (w *Words) TemplateChanged(name, day string) string {
	return w.say("template-changed", nil, values{"Name": name, "Day": day})
}

func (w *Words) TemplateMissing(mode, template, meant string) string {
	return w.say("template-missing", nil, values{"Mode": mode, "Template": template, "Meant": meant})
}

func (w *Words) TemplateMissingNone(mode, template string) string {
	return w.say("template-missing-none", nil, values{"Mode": mode, "Template": template})
}

func (w *Words) TemplateName(name, id string) string {
	return w.say("template-name", nil, values{"Name": name, "Id": id})
}

func (w *Words) TemplateUnchanged(name, day string) string {
	return w.say("template-unchanged", nil, values{"Name": name, "Day": day})
}

func (w *Words) TemplateVariables(variables string) string {
	return w.say("template-variables", nil, values{"Variables": variables})
}

func (w *Words) TemplatesCount(n int) string {
	return w.say("templates-count", n, values{"N": w.Number(n)})
}

func (w *Words) TemplatesNone() string { return w.say("templates-none", nil, nil) }

func (w *Words) TemplatesUnread(reason string) string {
	return w.say("templates-unread", nil, values{"Reason": reason})
}

func (w *Words) TestAccepted(phone, id string) string {
	return w.say("test-accepted", nil, values{"Phone": phone, "Id": id})
}

func (w *Words) TestContacts() string { return w.say("test-contacts", nil, nil) }

func (w *Words) TestDoubt(phone, why string) string {
	return w.say("test-doubt", nil, values{"Phone": phone, "Why": why})
}

func (w *Words) TestListed(n int, phone, rows string) string {
	return w.say("test-listed", n, values{"N": w.Number(n), "Phone": phone, "Rows": rows})
}

func (w *Words) TestListedLeftOut(n int, phone, rows, why string) string {
	return w.say("test-listed-left-out", n, values{"N": w.Number(n), "Phone": phone, "Rows": rows, "Why": why})
}

func (w *Words) TestLongWait() string { return w.say("test-long-wait", nil, nil) }

func (w *Words) TestNotDelivered(phone, why, advice string) string {
	return w.say("test-not-delivered", nil, values{"Phone": phone, "Why": why, "Advice": advice})
}

func (w *Words) TestOtherNumber(phone, id, other string) string {
	return w.say("test-other-number", nil, values{"Phone": phone, "Id": id, "Other": other})
}

func (w *Words) TestPlan(phone, row, campaign string) string {
	return w.say("test-plan", nil, values{"Phone": phone, "Row": row, "Campaign": campaign})
}

func (w *Words) TestProblems(n int) string {
	return w.say("test-problems", n, values{"N": w.Number(n)})
}

func (w *Words) TestPrompt(phone string) string {
	return w.say("test-prompt", nil, values{"Phone": phone})
}

func (w *Words) TestRefused(phone, said, meaning, advice string) string {
	return w.say("test-refused", nil, values{"Phone": phone, "Said": said, "Meaning": meaning, "Advice": advice})
}

func (w *Words) TestSendCampaign() string { return w.say("test-send-campaign", nil, nil) }

func (w *Words) TestThrottled(phone, wait string) string {
	return w.say("test-throttled", nil, values{"Phone": phone, "Wait": wait})
}

func (w *Words) TestWaitingAsked(time string) string {
	return w.say("test-waiting-asked", nil, values{"Time": time})
}

func (w *Words) TestWaitingLimit(time string) string {
	return w.say("test-waiting-limit", nil, values{"Time": time})
}

func (w *Words) TestWithFlag(flag string) string {
	return w.say("test-with-flag", nil, values{"Flag": flag})
}

func (w *Words) TextChanged(day string) string { return w.say("text-changed", nil, values{"Day": day}) }

func (w *Words) TextSentAsNow() string { return w.say("text-sent-as-now", nil, nil) }

func (w *Words) TitleNothingSent(mode string) string {
	return w.say("title-nothing-sent", nil, values{"Mode": mode})
}

func (w *Words) ToSendPlanned(n int, day string) string {
	return w.say("to-send-planned", n, values{"N": w.Number(n), "Day": day})
}

func (w *Words) TypedMeant() string { return w.say("typed-meant", nil, nil) }

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

func (w *Words) UpdateAdded() string { return w.say("update-added", nil, nil) }

func (w *Words) UpdateAllowed() string { return w.say("update-allowed", nil, nil) }

func (w *Words) UpdateAsked() string { return w.say("update-asked", nil, nil) }

func (w *Words) UpdateCorrected() string { return w.say("update-corrected", nil, nil) }

func (w *Words) UpdateDeparted() string { return w.say("update-departed", nil, nil) }

func (w *Words) UpdateDepartedDoubted() string { return w.say("update-departed-doubted", nil, nil) }

func (w *Words) UpdateDoubted() string { return w.say("update-doubted", nil, nil) }

func (w *Words) UpdateDoubts() string { return w.say("update-doubts", nil, nil) }

func (w *Words) UpdateGone() string { return w.say("update-gone", nil, nil) }

func (w *Words) UpdateInvalid() string { return w.say("update-invalid", nil, nil) }

func (w *Words) UpdateLifted() string { return w.say("update-lifted", nil, nil) }

func (w *Words) UpdateMessaged() string { return w.say("update-messaged", nil, nil) }

func (w *Words) UpdateRemoved() string { return w.say("update-removed", nil, nil) }

func (w *Words) UpdateRestored() string { return w.say("update-restored", nil, nil) }

func (w *Words) UpdateSame() string { return w.say("update-same", nil, nil) }

func (w *Words) UpdateSkipped() string { return w.say("update-skipped", nil, nil) }

func (w *Words) UpdateTo(n int) string { return w.say("update-to", n, values{"N": w.Number(n)}) }

func (w *Words) UpdateWaiting() string { return w.say("update-waiting", nil, nil) }

func (w *Words) Updating(campaign, date, file string) string {
	return w.say("updating", nil, values{"Campaign": campaign, "Date": date, "File": file})
}

func (w *Words) UpdatingRows(n int) string {
	return w.say("updating-rows", n, values{"N": w.Number(n)})
}

func (w *Words) UsageLine(line string) string { return w.say("usage-line", nil, values{"Line": line}) }

func (w *Words) UsageMore(command string) string {
	return w.say("usage-more", nil, values{"Command": command})
}

func (w *Words) VariableButton(name string) string {
	return w.say("variable-button", nil, values{"Name": name})
}

func (w *Words) VariableHeader(name string) string {
	return w.say("variable-header", nil, values{"Name": name})
}

func (w *Words) VariableMedia(name string) string {
	return w.say("variable-media", nil, values{"Name": name})
}

func (w *Words) VariablesNone() string { return w.say("variables-none", nil, nil) }

func (w *Words) VariablesUncertain(variables string) string {
	return w.say("variables-uncertain", nil, values{"Variables": variables})
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

func (w *Words) VersionLine(program, version string) string {
	return w.say("version-line", nil, values{"Program": program, "Version": version})
}

func (w *Words) VolumeBeyond(n int) string {
	return w.say("volume-beyond", n, values{"N": w.Number(n)})
}

func (w *Words) VolumeChooseFewer() string { return w.say("volume-choose-fewer", nil, nil) }

func (w *Words) VolumeDays(n int, now, cap string) string {
	return w.say("volume-days", n, values{"N": w.Number(n), "Now": now, "Cap": cap})
}

func (w *Words) VolumeFull(n int) string { return w.say("volume-full", n, values{"N": w.Number(n)}) }

func (w *Words) VolumeLater(time, part string) string {
	return w.say("volume-later", nil, values{"Time": time, "Part": part})
}

func (w *Words) VolumeNow(n int) string { return w.say("volume-now", n, values{"N": w.Number(n)}) }

func (w *Words) VolumeRecent(n int) string {
	return w.say("volume-recent", n, values{"N": w.Number(n)})
}

func (w *Words) VolumeWithin(n int) string {
	return w.say("volume-within", n, values{"N": w.Number(n)})
}

func (w *Words) WaitShared(until, left, campaign string) string {
	return w.say("wait-shared", nil, values{"Until": until, "Left": left, "Campaign": campaign})
}

func (w *Words) Warning(text string) string { return w.say("warning", nil, values{"Text": text}) }

func (w *Words) WarningExample(warning, row, cell string) string {
	return w.say("warning-example", nil, values{"Warning": warning, "Row": row, "Cell": cell})
}

func (w *Words) WarningExampleShown(warning, row, shown, cell string) string {
	return w.say("warning-example-shown", nil, values{"Warning": warning, "Row": row, "Shown": shown, "Cell": cell})
}

func (w *Words) WarningsMore(n int, file string) string {
	return w.say("warnings-more", n, values{"N": w.Number(n), "File": file})
}

func (w *Words) WarningsMoreCheck(n int) string {
	return w.say("warnings-more-check", n, values{"N": w.Number(n)})
}

func (w *Words) WarningsRows(n int, file string) string {
	return w.say("warnings-rows", n, values{"N": w.Number(n), "File": file})
}

func (w *Words) WarningsRowsCheck(n int) string {
	return w.say("warnings-rows-check", n, values{"N": w.Number(n)})
}

func (w *Words) WhatYouCanDo() string { return w.say("what-you-can-do", nil, nil) }

func (w *Words) WhatsappNumber(account string) string {
	return w.say("whatsapp-number", nil, values{"Account": account})
}

func (w *Words) When(span, duration, rate string) string {
	return w.say("when", nil, values{"Span": span, "Duration": duration, "Rate": rate})
}

func (w *Words) WhenBeyondAYear(time, zone, rate string) string {
	return w.say("when-beyond-a-year", nil, values{"Time": time, "Zone": zone, "Rate": rate})
}

func (w *Words) WhenWithWaits(span, rate string) string {
	return w.say("when-with-waits", nil, values{"Span": span, "Rate": rate})
}

func (w *Words) WhereNotUnderstood(text string) string {
	return w.say("where-not-understood", nil, values{"Text": text})
}

func (w *Words) WindowHolds(window string) string {
	return w.say("window-holds", nil, values{"Window": window})
}

func (w *Words) WindowNoZone(n int, zone string) string {
	return w.say("window-no-zone", n, values{"N": w.Number(n), "Zone": zone})
}

func (w *Words) WindowNotUnderstood(window, why string) string {
	return w.say("window-not-understood", nil, values{"Window": window, "Why": why})
}

func (w *Words) WindowShutFor(n int, time, zone string) string {
	return w.say("window-shut-for", n, values{"N": w.Number(n), "Time": time, "Zone": zone})
}

func (w *Words) WindowShutForAll(time, zone string) string {
	return w.say("window-shut-for-all", nil, values{"Time": time, "Zone": zone})
}

func (w *Words) WorkbookFromWorkbook(file string) string {
	return w.say("workbook-from-workbook", nil, values{"File": file})
}

func (w *Words) ZoneOfThisComputer(zone string) string {
	return w.say("zone-of-this-computer", nil, values{"Zone": zone})
}
