package screen

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

// RefusedScreen is what the sentence of a refusal is about beside its own facts.
type RefusedScreen struct {
	Session
	LedgerFile string
	Erases     bool          // nothing is to be sent, but something to be erased
	KeyFrom    func() string // where the API key came from, once it is known
	Typed      campaign.Command
	// HasOtherLedger reports whether there is one of rehearsals, or for a rehearsal the real one.
	HasOtherLedger func() bool
}

// again is the command that was typed, with a flag as it is to be given.
func (s RefusedScreen) again(flag string, value ...string) campaign.Command {
	c := slices.Clone(s.Typed)
	if i := slices.Index(c, flag); i >= 0 {
		c = slices.Delete(c, i, min(len(c), i+1+len(value)))
	}
	c = slices.DeleteFunc(c, func(word string) bool { return strings.HasPrefix(word, flag+"=") })
	return append(append(c, flag), value...)
}

// Refused says why nothing was sent, and what goes on instead.
func Refused(f Face, r *campaign.Refusal, s RefusedScreen) {
	switch r.Code {
	case campaign.RefusedFinished:
		Finished(f, r, s.Session)
	case campaign.RefusedFirstDone:
		firstDone(f, s.Mode, r)
	case campaign.RefusedRows:
		NoneRetried(f, NotRetried{Session: s.Session, Campaign: r.Campaign, Causes: r.Retry.Causes, Unknown: r.Retry.Unknown,
			NotRetried: r.NotRetried})
	case campaign.RefusedRepeats:
		RepeatsStop(f, r, s.Mode)
	case campaign.RefusedFileChanged:
		ChangedFile(f, r, s.Mode)
	case campaign.RefusedSeveralUnfinished:
		Status(f, StatusLines(s.Session, r.Status))
		f.Tell(f.RefusedSeveralUnfinished(), r.Next...)
	default:
		f.Tell(refusalText(f, r, s), refusalNext(r, s)...)
		for _, other := range refusalOther(f, r, s) {
			f.Tell(other.text, other.command)
		}
	}
}

// refusalOther is the other answer to a decision, which is less safe than the first.
func refusalOther(f Face, r *campaign.Refusal, s RefusedScreen) []advice {
	switch {
	case len(r.Other) > 0:
		return []advice{{f.AsOther(), r.Other}}
	case r.Code == campaign.RefusedBeyondCap:
		return []advice{{f.CapExceededAll(), s.again("--yes")}}
	case r.Code == campaign.RefusedHoursUntold:
		return []advice{{f.RebuiltAtNightNow(), s.again("--send-window", campaign.LiftWord)}}
	}
	return nil
}

func firstCommand(next []campaign.Command) campaign.Command {
	if len(next) == 0 {
		return nil
	}
	return next[0]
}

// refusalNext are the commands that go on from a refusal: those that it brings, or what its code alone tells.
func refusalNext(r *campaign.Refusal, s RefusedScreen) []campaign.Command {
	if other := s.otherMode(r); other != nil {
		return []campaign.Command{other}
	}
	switch {
	case len(r.Next) > 0:
		return r.Next
	case r.Code == campaign.RefusedTemplateUnknown && len(r.Templates) > 0:
		return []campaign.Command{s.command("templates")}
	case r.Code == campaign.RefusedCampaignUnknown && len(r.Campaigns) > 0:
		return []campaign.Command{s.command("status")}
	case r.Code == campaign.RefusedNobodyToAsk:
		return []campaign.Command{s.again("--yes")}
	case r.Code == campaign.RefusedHoursUntold:
		return []campaign.Command{s.again("--send-window", welcomeHours)}
	case r.Code == campaign.RefusedBeyondCap:
		return []campaign.Command{s.allowed(r)}
	case r.Code == campaign.RefusedOtherMessage && isSameName(r.Campaign, r.Message), r.Code == campaign.RefusedOtherVariables:
		return []campaign.Command{s.command("report", r.Campaign.Name, "--only", string(outcome.Pending), "-o",
			record.FreeName(record.FileName(r.Campaign.Name+"-rest")+".csv"))}
	case r.Code == campaign.RefusedNoLedger && s.Mode == Live:
		return []campaign.Command{{"resume", "--from", "NAME.results.csv"}}
	case r.Code == campaign.RefusedOldLedger:
		return []campaign.Command{{"resume", "--from", r.Path, "--ledger", "NEW.db"}}
	}
	return nil
}

// otherMode is the command that was typed in the other mode, where that may be what was meant; nil where it is not.
func (s RefusedScreen) otherMode(r *campaign.Refusal) campaign.Command {
	switch {
	case r.Code == campaign.RefusedElsewhere:
	case (r.Code == campaign.RefusedNoLedger || r.Code == campaign.RefusedNoneUnfinished) && s.Mode == Live && r.Name == "" &&
		s.HasOtherLedger != nil && s.HasOtherLedger():
	default:
		return nil
	}
	if s.Mode == Live {
		return append(slices.Clone(s.Typed), "--sandbox")
	}
	const rehearsing, unasked, briefly = "--sandbox", "--yes", "-y" // nobody's yes to a rehearsal is one to people
	return slices.DeleteFunc(slices.Clone(s.Typed), func(word string) bool { return word == rehearsing || word == unasked || word == briefly })
}

// welcomeHours are the hours at which commercial messages are welcome, as --send-window takes them.
const welcomeHours = "Mon-Sat 08:00-20:00"

// allowed is the command that sends to as many people as the daily cap allows.
func (s RefusedScreen) allowed(r *campaign.Refusal) campaign.Command {
	part := r.Hours.Part(r.Count)
	switch first := strconv.Itoa(part); {
	case part == 0:
		return s.Typed
	case r.Hours.GoesOn:
		return s.command("resume", r.Campaign.Name, "--first", first)
	default:
		return s.again("--first", first)
	}
}

// refusalText is the sentence of a refusal's code.
func refusalText(f Face, r *campaign.Refusal, s RefusedScreen) string {
	name := text.Clean(r.Name)
	switch r.Code {
	case campaign.RefusedConfiguration:
		var wrong *kanal.ConfigError
		if errors.As(r.Err, &wrong) {
			return ConfigSentence(f, wrong, s.KeyFrom())
		}
	case campaign.RefusedNoTemplates:
		return f.RefusedNoTemplates()
	case campaign.RefusedTemplateUnknown:
		return TemplateMissing(f, r.Name, r.Templates, s.Mode)
	case campaign.RefusedTemplateAmbiguous:
		return f.RefusedTemplateAmbiguous(len(r.Values), name, "--template "+strings.Join(r.Values, " or --template "))
	case campaign.RefusedMessageWrong:
		var sentences []string
		for _, p := range r.Problems {
			sentences = append(sentences, f.ProblemSentence(p))
		}
		return strings.Join(sentences, "\n")
	case campaign.RefusedTestNumber:
		for _, p := range r.Problems {
			if p.Severity == problem.Error {
				return f.RefusedTestNumber(f.ProblemSentence(p))
			}
		}
	case campaign.RefusedOtherAccount:
		return OtherAccount(f, r.Campaign, r.Value)
	case campaign.RefusedOtherMessage:
		return OtherMessage(f, r.Campaign, r.Message)
	case campaign.RefusedOtherVariables:
		return OtherVariables(f, r.Campaign, r.Planned, r.Message)
	}
	for _, of := range []func(Face, *campaign.Refusal, RefusedScreen) string{refusalOfRows, refusalOfPlan, refusalOfResults} {
		if sentence := of(f, r, s); sentence != "" {
			return sentence
		}
	}
	return refusalOfFile(f, r, s)
}

// refusalOfRows is refusalText for campaigns that are not there, and rows that are not tried again; "" for others.
func refusalOfRows(f Face, r *campaign.Refusal, s RefusedScreen) string {
	name := text.Clean(r.Campaign.Name)
	switch r.Code {
	case campaign.RefusedCampaignUnknown:
		return CampaignMissing(f, r.Name, r.Campaigns, s.Mode)
	case campaign.RefusedNoneUnfinished:
		if s.otherMode(r) != nil {
			return f.RefusedNoneUnfinishedRehearsed()
		}
		return f.RefusedNoneUnfinished()
	case campaign.RefusedElsewhere:
		return CampaignElsewhere(f, r.Name, s.Mode)
	case campaign.RefusedNoLedger:
		if s.Mode == Sandbox {
			return f.NoLedgerRehearsal(f.Path(r.Path))
		}
		if s.otherMode(r) != nil {
			return f.NoLedgerRehearsed(f.Path(r.Path))
		}
		return f.NoLedger(f.Path(r.Path))
	case campaign.RefusedOnLists:
		return f.RetryOnLists(r.Count)
	case campaign.RefusedNoRowOfCause:
		causes := make([]string, len(r.Retry.Causes))
		for i, cause := range r.Retry.Causes {
			causes[i] = text.Clean(cause)
		}
		return f.RefusedNoRowOfCause(name, f.Either(causes), CausesThere(f.Words, r.Causes))
	case campaign.RefusedNoRowFits:
		return f.RefusedNoRowFits(name)
	case campaign.RefusedPickedCause:
		return sentences(f.ReportNoCause(name, text.Clean(r.Name))+CauseMeant(f, r.Name, r.Values), causesPicked(f, r))
	case campaign.RefusedNonePicked:
		return nonePicked(f, r)
	case campaign.RefusedCauseUnknown:
		return f.RefusedCauseUnknown(name, text.Clean(r.Name)) + CauseMeant(f, r.Name, r.Values)
	}
	return ""
}

// nonePicked says that no row fits, and which causes there are.
func nonePicked(f Face, r *campaign.Refusal) string {
	passed, there := "", causesPicked(f, r)
	if r.Count > 0 {
		passed = f.SelectionPassedOnly(r.Count)
	}
	if there == "" {
		there = f.ReportLook()
	}
	return sentences(f.ReportNoRow(text.Clean(r.Campaign.Name)), passed, there)
}

// causesPicked says which causes rows have that were picked by their statuses; "" where they have none.
func causesPicked(f Face, r *campaign.Refusal) string {
	if len(r.Causes) == 0 {
		return ""
	}
	return f.ReportCausesThere(CausesThere(f.Words, r.Causes))
}

// refusalOfPlan is refusalText for a file that is not the campaign's as it is; "" for others.
func refusalOfPlan(f Face, r *campaign.Refusal, _ RefusedScreen) string {
	switch r.Code {
	case campaign.RefusedNoMessage:
		return f.MessageNone()
	case campaign.RefusedOtherSetting:
		flag := "--" + r.Name
		return f.RefusedOtherSetting(text.Clean(r.Campaign.Name), flagWith(flag, r.Values[0]), flag, flagWith(flag, r.Values[1]))
	case campaign.RefusedForgotten:
		return f.ForgottenUpdate(r.Count, text.Clean(r.Campaign.Name)) + " " + f.ForgottenWayNext()
	case campaign.RefusedFilterLost:
		return FilterLost(f.Words, r.Campaign, r.Count, r.Name)
	}
	return ""
}

// flagWith is a flag with its value; "" without one.
func flagWith(flag, value string) string {
	if value == "" {
		return ""
	}
	return flag + " " + text.Clean(value)
}

// refusalOfResults is refusalText for results from which a campaign is rebuilt; "" for others.
func refusalOfResults(f Face, r *campaign.Refusal, _ RefusedScreen) string {
	switch r.Code {
	case campaign.RefusedLostLedger:
		return ResultsOfLostLedger(f, r.Path)
	case campaign.RefusedNotLost:
		return f.RefusedNotLost(text.Clean(r.Campaign.Name))
	case campaign.RefusedNothingToSend:
		return f.RefusedNothingToSend(f.Path(r.Path))
	case campaign.RefusedResultsColumns:
		return f.ProblemSentence(r.Problems[0])
	case campaign.RefusedNoTemplateGivesKey:
		return NoTemplateGivesKey(f, r.Path, r.Row, r.Name, r.Count)
	case campaign.RefusedKeyMismatch:
		return KeyMismatch(f, r.Path, r.Row)
	case campaign.RefusedCellNumber:
		return OtherNumber(f, r.Path, r.Row, r.Value)
	case campaign.RefusedRowTwice:
		return RowTwice(f, r.Path, r.Row)
	}
	return ""
}

// refusalOfFile is refusalText for what is wrong with files, lists and hours.
func refusalOfFile(f Face, r *campaign.Refusal, s RefusedScreen) string {
	switch r.Code {
	case campaign.RefusedOutDirMissing:
		return f.RefusedOutDirMissing(f.Path(r.Path))
	case campaign.RefusedUnwritable:
		return f.RefusedUnwritable(f.Path(r.Path), RootCause(f.Words, r.Err).Error())
	case campaign.RefusedOldLedger:
		return OldLedger(f, s.LedgerFile, r.Path, r.Count)
	case campaign.RefusedTooManyLists:
		return f.RefusedTooManyLists(r.Count, f.Number(plan.MostLists))
	case campaign.RefusedListGone:
		return ListGone(f, r.Path, r.Values, r.Err)
	case campaign.RefusedListUnreadable:
		return ListUnreadable(f, r.Path, r.Problems, r.Count)
	case campaign.RefusedListUncertain:
		return ListAsks(f, r.Problems)
	case campaign.RefusedHolidaysUnread:
		return HolidaysUnread(f, r.Path, RootCause(f.Words, r.Err))
	case campaign.RefusedBeyondCap:
		return BeyondCap(f, r.Hours, r.Count)
	case campaign.RefusedHoursUntold:
		return f.RebuiltAtNight()
	case campaign.RefusedTestWith:
		return f.TestWithFlag("--" + r.Name)
	case campaign.RefusedNotItsResults:
		return f.VerifyNotItsResults(f.InQuotes(filepath.Base(r.Path)), text.Clean(r.Campaign.Name))
	case campaign.RefusedForgetRunning:
		return f.ForgetRunning(text.Clean(r.Campaign.Name))
	case campaign.RefusedLogsKept:
		return f.ForgetLogsFailed(text.Clean(RootCause(f.Words, r.Err).Error()))
	case campaign.RefusedUnswept:
		return f.ForgetUnswept(text.Clean(r.Err.Error()))
	}
	return s.unanswered(f, r)
}

// unanswered says that nobody has said yes to what would be sent, or erased.
func (s RefusedScreen) unanswered(f Face, r *campaign.Refusal) string {
	digits := strconv.Itoa(r.Count)
	switch code := r.Code; {
	case code == campaign.RefusedNobodyToAsk && s.Erases:
		return f.ForgetNoTerminal()
	case code == campaign.RefusedNobodyToAsk:
		return f.RefusedNobodyToAsk()
	case s.Erases && (code == campaign.RefusedNothingTyped || code == campaign.RefusedNotTyped):
		return f.ForgetNotTyped(digits)
	case code == campaign.RefusedNothingTyped:
		return f.NothingTyped()
	case code == campaign.RefusedNotTyped:
		return f.NotTyped(digits)
	case code == campaign.RefusedUnsteady && s.Erases:
		return f.ForgetUnsteady()
	case code == campaign.RefusedUnsteady:
		return f.RefusedUnsteady()
	}
	return string(r.Code)
}

// RootCause leaves the path out of a file error: the sentence around it names the file.
func RootCause(w *words.Words, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	if why := NoRegularFile(w, err); why != "" {
		return errors.New(why)
	}
	return err
}
