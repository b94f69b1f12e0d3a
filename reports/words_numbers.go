package reports

import (
	"kanal-campaign/campaign"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/problem"
)

// The heading that most faults of numbers share.
const (
	fixNumbers = "numbers"
	fixHeading = "Fix {n:phone number}"
)

// renumberedOn is when countries renumbered, by region.
var renumberedOn = map[string]string{
	"BJ": "30 November 2024", "CI": "31 January 2021", "CM": "21 November 2014", "VN": "15 September 2018",
}

// numberWords are about phone numbers. {value} is the cell.
var numberWords = map[problem.Code]wording{
	problem.Code(number.NoCountry): {
		place: placeCountry, heading: "Add --country FR, or your own country: {n:number} {n?has|have} no country code",
		remark: "a national number",
		wrong:  "{value} is written without a country code, and no country was given.",
		fix:    "Add --country with the country's two letters, such as --country FR for France.",
	},
	problem.Code(number.Scientific): {
		place: placeDestroyed, heading: "Export column {column} again as Text: Excel destroyed {n:phone number}",
		bookHeading: "Format column {column} as Text, then type or paste the numbers again from the source: Excel destroyed {n:phone number}",
		wrong:       "Excel destroyed this phone number: {value} has lost its last digits, and nothing brings them back.",
		fix:         "Format the column as Text, and take the number over again from the source.",
	},
	problem.Code(number.Missing): {
		place: placeNumbers, group: fixNumbers, heading: fixHeading,
		remark: "no number", wrong: "{place} is empty: there is no phone number.", fix: "Write the number, or delete the row.",
	},
	problem.Code(number.Two): {
		place: placeNumbers, group: fixNumbers, heading: fixHeading,
		remark: "two numbers", wrong: "{value} is two phone numbers.", fix: "Keep one of them.",
	},
	problem.Code(number.Letters): {
		place: placeNumbers, group: fixNumbers, heading: fixHeading,
		remark: "letters in it[: write {fix}]", wrong: "The phone number {value} has letters in it.",
		fix: "Write [{fix} if that is ]the right number.",
	},
	problem.Code(number.Extension): {
		place: placeNumbers, group: fixNumbers, heading: fixHeading,
		remark: "an extension[: write {fix}]", wrong: "{value} has an extension, and WhatsApp has none.",
		fix: "Write [{fix} if that is ]the person's own number.",
	},
	problem.Code(number.ForeignDigits): {
		place: placeNumbers, group: fixNumbers, heading: fixHeading,
		remark: "[{country} number? ]add its +[: {fix}]",
		wrong:  "{value} is not a number of the country given, and reads like one of another country[ ({country})].",
		fix:    "Write it with its +[: {fix}] if that is meant, or correct it.",
	},
	problem.Code(number.Overseas): {
		place: placeNumbers, group: fixNumbers, heading: fixHeading,
		remark: "[{country} number: ][write {fix}]",
		wrong:  "{value} is the national form of a number[ ({country})] that has another country code.",
		fix:    "Write it internationally[: {fix}].",
	},
	problem.Code(number.Renumbered): {
		place: placeNumbers, group: fixNumbers, heading: fixHeading,
		remark: "an old number: write {fix}",
		wrong:  "{value} is an old number, which reaches nobody: {country} renumbered[ on {renumbered}].",
		fix:    "Write {fix}, which has replaced it.",
	},
	problem.Code(number.FormerPrefix): {
		place: placeNumbers, group: fixNumbers, heading: fixHeading,
		remark: "a prefix not in use: write {fix}",
		wrong:  "{value} has a prefix in front that is not in use[ in {country}].",
		fix:    "Write [{fix} if that is ]the right number.",
	},
	problem.Code(number.TooShort): {
		place: placeNumbers, group: fixNumbers, heading: fixHeading,
		remark: "digits are missing", wrong: "The phone number {value} is too short.", fix: "Look for the missing digits.",
	},
	problem.Code(number.TooLong): {
		place: placeNumbers, group: fixNumbers, heading: fixHeading,
		remark: "too long[: write {fix}]", wrong: "The phone number {value} is too long.",
		fix: "Write [{fix} if that is ]the right number.",
	},
	problem.Code(number.Invalid): {
		place: placeNumbers, group: fixNumbers, heading: fixHeading,
		remark: "no such number[: write {fix}]", wrong: "{value} is not a phone number that exists.",
		fix: "Write [{fix} if that is ]the right number.",
	},
	problem.Code(number.Negative): {
		place: placeNumbers, group: fixNumbers, heading: fixHeading,
		remark: "a minus[: write {fix}?][: {readings}?]",
		wrong:  "{value} has a minus in front, as when a spreadsheet has taken a phone number such as +33-612345678 for a calculation.",
		fix: "Look at the source: its digits may be wrong[, and the number is {readings}]. " +
			"Write [{fix} if that is ]the right number.",
	},
	problem.Code(number.Possible): {
		place: placeNumbers, group: fixNumbers, heading: fixHeading,
		remark: "not a number in use", wrong: "{value} has the right length, and no such numbers are in use as far as is known.",
		fix: "Correct it, or add --accept-possible if you know that it exists.",
	},
	problem.Code(number.NotANumber): {
		place: placeNumbers, group: fixNumbers, heading: fixHeading,
		remark: "not a phone number[: write {fix}]", wrong: "{value} is not a phone number.",
		fix: "Write [{fix} if that is ]the right number.",
	},
	campaign.PhoneCountryUnknown: {
		place: placeNumbers, group: fixNumbers, heading: fixHeading,
		remark: "no country",
		wrong:  "{value} is written without a country code, and its row names no country[: {title} is none].",
		fix:    "Write the country into its row, or the number with + and its country code; or add --country for such rows.",
	},
	campaign.PhoneBothWays: {
		place: placeNumbers, heading: "Say how {n:number} without a + {n?is|are} meant: {n?it|each} can be read in two ways",
		choice: "--bare-numbers international: with a country code in front, as most here. --bare-numbers national: without one.",
		remark: "{readings}?",
		wrong:  "{value} reads as {without} where it begins with a country code, and as {with} where it does not.",
		fix: "Write it with its + and its country code, or add --bare-numbers international (it begins with one, as most here do) or " +
			"--bare-numbers national (it does not).",
	},
	campaign.PhoneShown: {
		place: placeNumbers, heading: "Type {n:number} anew: the sheet shows {n?another|others} than it holds",
		remark: "shown as {name}", wrong: "The cell holds {value}, and the sheet shows {name}.",
		fix: "Format the column as Text, and type the number with its + and its country code.",
	},
	campaign.PhoneTyped: {
		place: placeNumbers, heading: "Type {n:number} anew: the spreadsheet has taken {n?it for a calculation|them for calculations}",
		remark: "typed as {name}", wrong: "The cell is the formula {name}, in which zeros may be missing.",
		fix: "Format the column as Text, and type the number again from the source.",
	},
	campaign.PhoneCountryUnread: {
		place: placeWarnings, heading: "The country of {n:row} cannot be read, and {n?is|are} taken for that of --country",
		remark: "[{title} is no country]", wrong: "The row's country[ {title}] cannot be read: {value} is read in that of --country.",
		fix: "Correct the country, or write the number with + and its country code.",
	},

	campaign.PhonePossible: {
		place: placeWarnings, heading: "{n:number} accepted without being known to exist (--accept-possible)",
		remark: "not a number in use", wrong: "{value} is accepted, and no such numbers are in use as far as is known.",
		fix: "Leave out --accept-possible to refuse such numbers.",
	},
	campaign.PhoneFixedLine: {
		place: placeWarnings, heading: "{n:number} {n?is a fixed line|are fixed lines}: hardly anybody has WhatsApp there",
		remark: "a fixed line", wrong: "{value} is a fixed line, where hardly anybody has WhatsApp.",
		fix: "Write a mobile number if there is one.",
	},
	campaign.PhoneTwoSpellings: {
		place: placeWarnings, heading: "{n:number} can be written in two ways (Brazil, Mexico, Argentina)",
		remark: "two spellings", wrong: "{value} may be written in two ways that reach one WhatsApp account.",
		fix: "It is sent as written; repetitions are looked for in both spellings.",
	},
	campaign.PhoneUnitedStates: {
		place: placeWarnings, heading: "{n:number} of the United States: WhatsApp delivers no marketing there",
		remark: "United States", wrong: "{value} is a number of the United States, where WhatsApp delivers no marketing templates.",
		fix: "Leave it out unless the message is no marketing.",
	},
}
