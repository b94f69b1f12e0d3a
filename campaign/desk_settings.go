package campaign

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/record"
)

// updated are a campaign's settings, but for what a changed file may need anew.
func (r Request) updated(c record.Campaign) record.Settings {
	settings, asked := c.Settings, r.Settings
	settings.SkipInvalid = asked.SkipInvalid                     // new errors are never left out on an old word
	if settings.PhoneColumn == "" && settings.FoundPhone == "" { // planned by a version that knew columns by their names alone
		settings.FoundPhone = plan.PhoneByName(c.File.Header)
	}
	if record.IsWorkbook(c.File.Name) && !record.IsWorkbook(r.File) {
		settings.Sheet = "" // the same list as CSV
	}
	if c.RebuiltFrom != "" && settings.Country == "" {
		settings.Country = asked.Country
	}
	// What was not decided may be.
	settings.CountryColumn = cmp.Or(settings.CountryColumn, asked.CountryColumn)
	settings.BareNumbers = cmp.Or(settings.BareNumbers, asked.BareNumbers)
	if !settings.SettlesConsent() || r.extendsConsent(c) {
		settings.ConsentColumns, settings.NoConsentColumn = asked.ConsentColumns, asked.NoConsentColumn
	}
	if c.RebuiltFrom != "" && len(settings.Where) == 0 {
		settings.Where = asked.Where
	}
	for flag, take := range map[string]func(){
		"duplicates":      func() { settings.Duplicates = asked.Duplicates },
		"encoding":        func() { settings.Encoding = asked.Encoding },
		"delimiter":       func() { settings.Delimiter = asked.Delimiter },
		"sheet":           func() { settings.Sheet = asked.Sheet },
		"header-row":      func() { settings.HeaderRow = asked.HeaderRow },
		"accept-possible": func() { settings.AcceptPossible = asked.AcceptPossible },
		"min-gap":         func() { settings.MinGap = asked.MinGap },
		skipRepeats:       func() { settings.SkipRepeats = asked.SkipRepeats },
	} {
		if r.Given[flag] {
			take()
		}
	}
	return settings
}

// settlesConsent reports whether an update brings an answer that the campaign does not have: then the same file makes another plan.
func (r Request) settlesConsent(c record.Campaign) bool {
	return r.Update && (!c.Settings.SettlesConsent() && r.Settings.SettlesConsent() || r.extendsConsent(c))
}

// extendsConsent reports whether columns of consent are named that the campaign does not have, or that there are no others, beside
// all that it has: what a changed file brings is decided so.
func (r Request) extendsConsent(c record.Campaign) bool {
	planned := plan.ColumnNames(c.Settings.ConsentColumns, c.File.Header)
	asked := plan.ColumnNames(r.Settings.ConsentColumns, c.File.Header)
	return len(planned) > 0 && !c.Settings.NoConsentColumn &&
		consentText(r.Settings, c.File.Header) != consentText(c.Settings, c.File.Header) &&
		!slices.ContainsFunc(planned, func(name string) bool { return !slices.Contains(asked, name) })
}

// givenSetting is what is asked for by a flag, beside what the campaign was planned with.
type givenSetting struct{ flag, asked, planned string }

// sameSettings refuses what asks for another campaign than the one in the ledger: it would be ignored.
func (r Request) sameSettings(c record.Campaign) error {
	asked, planned, header := r.Settings, c.Settings, c.File.Header
	settings := []givenSetting{{"where", whereText(asked.Where), whereText(planned.Where)}}
	if plan.SameFilter(asked.Where, planned.Where, header) {
		settings[0].asked = settings[0].planned
	}
	if planned.SettlesConsent() && !r.extendsConsent(c) {
		settings = append(settings, givenSetting{"consent-column", consentText(asked, header), consentText(planned, header)})
	}
	return r.refuseOther(c, append(settings, []givenSetting{
		{"country-column", asked.CountryColumn, cmp.Or(planned.CountryColumn, asked.CountryColumn)}, // an update takes one
		{"bare-numbers", asked.BareNumbers, cmp.Or(planned.BareNumbers, asked.BareNumbers)},
		{"country", asked.Country, planned.Country},
		{"phone-column", asked.PhoneColumn, cmp.Or(planned.PhoneColumn, planned.FoundPhone)},
		{"name-column", asked.NameColumn, planned.NameColumn},
		{"email-column", asked.EmailColumn, planned.EmailColumn},
		{"variables", strings.Join(asked.Variables, ","), strings.Join(planned.Variables, ",")},
		{"map", strings.Join(mapPairs(asked.Map), " --map "), strings.Join(mapPairs(planned.Map), " --map ")},
	}...))
}

// samePlan refuses what would have made another plan of the same file.
func (r Request) samePlan(c record.Campaign) error {
	asked, planned := r.Settings, c.Settings
	return r.refuseOther(c, []givenSetting{
		{"country-column", asked.CountryColumn, planned.CountryColumn},
		{"bare-numbers", asked.BareNumbers, planned.BareNumbers},
		{"duplicates", asked.Duplicates, planned.Duplicates},
		{"encoding", asked.Encoding, planned.Encoding},
		{"delimiter", asked.Delimiter, planned.Delimiter},
		{"sheet", asked.Sheet, planned.Sheet},
		{"header-row", rowText(asked.HeaderRow), rowText(planned.HeaderRow)},
		{"skip-invalid", fmt.Sprint(asked.SkipInvalid), fmt.Sprint(planned.SkipInvalid)},
		{"accept-possible", fmt.Sprint(asked.AcceptPossible), fmt.Sprint(planned.AcceptPossible)},
		{"min-gap", asked.MinGap, planned.MinGap},
		{skipRepeats, fmt.Sprint(asked.SkipRepeats), fmt.Sprint(planned.SkipRepeats)},
		{"consent-column", consentText(asked, c.File.Header), consentText(planned, c.File.Header)},
	})
}

func (r Request) refuseOther(c record.Campaign, settings []givenSetting) error {
	for _, s := range settings {
		if c.RebuiltFrom != "" && s.planned == "" { // its results did not tell
			continue
		}
		if r.Given[s.flag] && s.asked != s.planned {
			return &Refusal{Code: RefusedOtherSetting, Campaign: c, Name: s.flag, Values: []string{s.planned, s.asked}}
		}
	}
	return nil
}

// rowText is the number of a row; "" for none.
func rowText(row int) string {
	if row == 0 {
		return ""
	}
	return strconv.Itoa(row)
}

func whereText(conditions []record.Condition) string {
	var texts []string
	for _, c := range conditions {
		texts = append(texts, c.Text)
	}
	return strings.Join(texts, " --where ")
}

// consentText is an answer about consent, whatever its columns are called.
func consentText(s record.Settings, header []string) string {
	names := plan.ColumnNames(s.ConsentColumns, header)
	slices.Sort(names)
	if s.NoConsentColumn {
		names = append(names, plan.NoConsentColumn)
	}
	return strings.Join(slices.Compact(names), " "+plan.ConsentFlag+" ")
}
