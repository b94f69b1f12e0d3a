package reports

import (
	"kanal-campaign/campaign"
	"kanal-campaign/campaign/problem"
)

// freeFormWords are about the wording of free-form messages: the flags, their placeholders, and what a row makes of them.
var freeFormWords = map[problem.Code]wording{
	campaign.TypeUnknown: {
		place: placeColumns, heading: "Correct --type",
		wrong: "There is no message of the type {value}.", fix: "Write one of {names}.",
	},
	campaign.TextMissing: {
		place: placeColumns, heading: "Write the text",
		wrong: "A text message needs its text.", fix: "Add --text TEXT or --text-file FILE.",
	},
	campaign.LinkMissing: {
		place: placeColumns, heading: "Name the link of the file",
		wrong: "A message of the type {value} needs the link of its file.", fix: "Add --link https://…",
	},
	campaign.PartNotForType: {
		place: placeColumns, heading: "Leave {reason} out",
		wrong: "A message of the type {value} has no {reason}.", fix: "Leave it out, or choose another --type.",
	},
	campaign.PlaceholderUnclosed: {
		place: placeColumns, heading: "Close a placeholder in {reason}",
		wrong: "The placeholder {value} is not closed[ ({reason}, line {line}, character {lineColumn})].",
		fix:   "Close it with two braces behind the column's name; for two braces as they are, write a backslash before them.",
	},
	campaign.PlaceholderEmpty: {
		place: placeColumns, heading: "Name the column of a placeholder in {reason}",
		wrong: "The placeholder {value} names no column[ ({reason}, line {line}, character {lineColumn})].",
		fix:   "Write a column's name between the braces; for two braces as they are, write a backslash before them.",
	},
	campaign.CaptionIgnored: {
		place: placeWarnings, heading: "WhatsApp shows no caption with the type {value}: --caption is not sent",
		wrong: "WhatsApp shows no caption with the type {value}: --caption is not sent.", fix: "Leave it out.",
	},
	campaign.BraceStray: {
		place: placeWarnings, heading: "people would read {value} as it is ({reason}): a placeholder has two braces on each side",
		wrong: "People would read {value} as it is[ ({reason})].", fix: "A placeholder has two braces on each side.",
	},
	campaign.TextTooLong: {
		place: placeValues, heading: "Shorten the text in {n:row}", remark: "[{length} characters, {limit} at the most]",
		wrong: "The text would have {length} characters, and WhatsApp takes {limit}.", fix: "Shorten it, or the values in it.",
	},
	campaign.CaptionTooLong: {
		place: placeValues, heading: "Shorten the caption in {n:row}", remark: "[{length} characters, {limit} at the most]",
		wrong: "The caption would have {length} characters, and WhatsApp takes {limit}.", fix: "Shorten it, or the values in it.",
	},
	campaign.LinkInvalid: {
		place: placeValues, heading: "Correct the link in {n:row}", remark: "no valid link",
		wrong: "{value} is no link that WhatsApp could fetch.", fix: "Write the whole address of the file, with https:// in front and no spaces.",
	},
	campaign.LinkExtension: {
		place: placeWarnings, heading: "the link does not look like a file of the type {reason} in {n:row}", remark: "{value}",
		wrong: "The link {value} does not end as a file of the type {reason} does.", fix: "It should end in one of {names}.",
	},
}
