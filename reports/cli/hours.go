package cli

import (
	"errors"
	"path/filepath"
	"strconv"
	"strings"

	"kanal-campaign/campaign/record"
)

// hoursOptions are the flags by which a campaign's hours and its volume are judged; a campaign remembers them. They warn,
// and stop nothing.
type hoursOptions struct {
	dailyCap dailyCap
	holidays string
}

// none is the value that lifts what a campaign remembers.
const none = "none"

// dailyCap is a flag's number of people; 0 when it was not given.
type dailyCap int

// noCap lifts a campaign's cap.
const noCap dailyCap = -1

func (n *dailyCap) Set(text string) error {
	if text = strings.TrimSpace(text); strings.EqualFold(text, none) {
		*n = noCap
		return nil
	}
	parsed, err := strconv.Atoi(text)
	if err != nil || parsed < 1 {
		return errors.New("neither a whole number from 1 up nor none")
	}
	*n = dailyCap(parsed)
	return nil
}

func (n *dailyCap) String() string {
	switch *n {
	case 0:
		return ""
	case noCap:
		return none
	}
	return strconv.Itoa(int(*n))
}

func (*dailyCap) Type() string { return "cap" }

// takeHours stores in settings what the flags say.
func (o *hoursOptions) takeHours(settings *record.Settings) {
	if o.dailyCap != 0 {
		settings.DailyCap = max(0, int(o.dailyCap))
	}
	if o.holidays == none {
		settings.Holidays = ""
	} else if o.holidays != "" {
		settings.Holidays = o.holidays
		if absolute, err := filepath.Abs(o.holidays); err == nil {
			settings.Holidays = absolute
		}
	}
}
