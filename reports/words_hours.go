package reports

import "kanal-campaign/campaign/calendar"

// breachWords say what is wrong with an hour at which messages would leave.
var breachWords = map[calendar.Reason]string{
	calendar.TooEarly: "it would {verb} on {day} at {time}, before 8:00",
	calendar.TooLate:  "it would {verb} on {day} at {time}, after 20:00",
	calendar.Sunday:   "it would {verb} on {day}, a Sunday",
	calendar.Holiday:  "{day} is a public holiday[ ({name})]",
	calendar.Night:    "it would go on through the night, until {day} at {time}",
}

// holidaysOf say, behind hours, whose public holidays have been counted.
var holidaysOf = map[string]string{
	"listed":  ", not on public holidays (those in {file})",
	"known":   ", not on public holidays ({country}, {which})",
	"gone":    "; the list of public holidays {file} cannot be read any more (--holidays FILE)",
	"unknown": "; the public holidays of {country}, {which}, are not known (--holidays FILE)",
	"nowhere": "; public holidays are not known without a country (--holidays FILE)",
}

// The sentences about hours and volume.
const (
	hoursGood = "within Mon-Sat 8:00 to 20:00"
	hoursBad  = "Commercial messages go out Mon-Sat 8:00 to 20:00"

	volumeGood = "{people:person|people}[, and {recent} in the last 24 hours], within the {cap} that may be written to in 24 hours " +
		"(--daily-cap); whoever was written to from elsewhere counts, too"
	volumeBad = "WARNING: {people:person|people}[, and {recent} in the last 24 hours], more than the {cap} that may be written to in " +
		"24 hours (--daily-cap), and WhatsApp would refuse the others."
	volumeDays = " That makes {days:day}: {now} today, and resume with --first {flag} on each day after."
	volumeFull = "WARNING: {recent:person has|people have} been written to in the last 24 hours, and {cap} may be (--daily-cap): " +
		"WhatsApp would refuse more."
	volumeLater = " Go on at {frees} or later[, with {part}]."
	// A retry has no --first.
	volumeFewer      = " Choose fewer, with --cause or --row."
	volumeLaterWhole = " Go on at {frees} or later."

	// What stands behind the words of a command that keeps to the cap.
	capPart  = ", {n:person|people} now, within the {cap} of 24 hours (--daily-cap)"
	capLater = ", at {frees} or later: the {cap} people of 24 hours have been written to (--daily-cap)"

	capWhy      = "these are more people than --daily-cap leaves"
	capQuestion = "These are more people than --daily-cap leaves. Should the messages go to all of them all the same?"

	beyondCap = "Nothing was sent: {people:person is|people are} more than --daily-cap {flag} leaves for now. Send to a part with " +
		"{now}, or to all of them with --yes."
	beyondCapFull = "Nothing was sent: --daily-cap {flag} is used up until {frees}. Go on then[, with {part}], or now with --yes."
)

// holidaysUnread is filled in by HolidaysUnread.
const holidaysUnread = "The list of holidays %s cannot be read: %s. Nothing was sent. Write one date a line, as 2026-07-21, with a " +
	"name after it if you like."
