package reports

import (
	"kanal-campaign/campaign"
	"kanal-campaign/campaign/problem"
)

// valueWords are about what a message's variables would say. {place} names the column.
var valueWords = map[problem.Code]wording{
	campaign.ValueEmpty: {
		place: placeValues, group: "fill-in", heading: "Fill in {variable} in {n:row}",
		remark: "empty", wrong: "{place} is empty, and {variable} needs a value.", fix: "Fill it in.",
	},
	campaign.ValueSheetError: {
		place: placeValues, group: "fill-in", heading: "Fill in {variable} in {n:row}",
		remark: "a spreadsheet's error", wrong: "{place} holds {value}, a spreadsheet's error, and people would read it.",
		fix: "Correct the formula or write the value.",
	},
	campaign.ValueWhitespace: {
		place: placeValues, heading: "Take line breaks, tabs and rows of spaces out of {variable} in {n:row}",
		remark: "[write {fix}]", wrong: "{place} has a line break, a tab or more than 4 spaces in a row, which WhatsApp refuses.",
		fix: "[Write: {fix}]",
	},
	campaign.ValueUndecodable: {
		place: placeValues, heading: "Correct unreadable characters in {variable} in {n:row}",
		remark: "unreadable characters", wrong: "{place} holds characters that could not be read: {value}.",
		fix: "Write the value again, or name the file's --encoding.",
	},
	campaign.ValueScientific: {
		place: placeValues, heading: "Export column {column} again as Text: Excel shortened {variable} in {n:row}",
		bookHeading: "Format column {column} as Text, then type or paste the values again from the source: " +
			"Excel shortened {variable} in {n:row}",
		wrong: "Excel shortened {place} to {value}: its last digits are lost.",
		fix:   "Format the column as Text, and take the value over again from the source.",
	},
	campaign.ValueURL: {
		place: placeValues, heading: "Correct the link {variable} in {n:row}",
		remark: "makes no valid link", wrong: "{place} makes no valid link for the button: {value}.",
		fix: "Write the end of the link, or the whole of it, without spaces.",
	},
	campaign.ValueMediaLink: {
		place: placeValues, heading: "Correct the link {variable} in {n:row}",
		remark: "not an https link", wrong: "{place} is not an https link: {value}.",
		fix: "Write the whole link of the file, with https:// in front.",
	},
	campaign.HeaderTooLong: {
		place: placeValues, heading: "Shorten the message's header in {n:row}",
		remark: "[{length} characters, {limit} at the most]",
		wrong:  "The message's header would have {length} characters, and WhatsApp takes {limit}.", fix: "Shorten the values in it.",
	},
	campaign.BodyTooLong: {
		place: placeValues, heading: "Shorten the message in {n:row}",
		remark: "[{length} characters, {limit} at the most]",
		wrong:  "The message would have {length} characters, and WhatsApp takes {limit}.", fix: "Shorten the values in it.",
	},
	campaign.ValueMojibake: {
		place: placeWarnings, heading: "{variable} reads like a wrong encoding in {n:row}",
		remark: "wrong encoding?", wrong: "{place} reads like text in a wrong encoding: {value}.",
		fix: "Correct it at its source, or name the file's --encoding.",
	},
	campaign.ValueFiller: {
		place: placeWarnings, heading: "In {n:row} {variable} is NULL or the like, which people would read",
		remark: "people would read this", wrong: "{place} holds {value}, and people would read it.", fix: "Write a real value if there is one.",
	},
	campaign.ValueShown: {
		place: placeWarnings, heading: "In {n:row} people would read {variable} otherwise than the workbook shows it: type column " +
			"{column} again as text, or use a column of =TEXT({column}2,\"0%\"), in French =TEXTE({column}2;\"0%\")",
		remark: "shown as {name}", wrong: "{place} shows {name}, and people would read {value}.",
		fix: "Type it again as text in a column formatted as Text, or use a column of =TEXT({column}2,\"0%\"), " +
			"in French =TEXTE({column}2;\"0%\"), with the format that you want.",
	},
	campaign.ValueDateNames: {
		place: placeWarnings, heading: "In {n:row} people would read {variable} with the names of months or days in English: choose " +
			"a date format that names a language, or type column {column} again as text",
		remark: "in English", wrong: "{place} is a date whose names follow the computer's language, and people would read {value}.",
		fix: "Choose a date format that names a language, or type it again as text in a column formatted as Text.",
	},
	campaign.ValueFormula: {
		place: placeWarnings, heading: "{variable} is a formula's text, which people would read, in {n:row}",
		remark: "people would read this", wrong: "{place} holds the text of a formula, and people would read it: {value}.",
		fix: "Format the column as General and enter the formula again, or write the value.",
	},
	campaign.ValuePlaceholder: {
		place: placeWarnings, heading: "{variable} holds a placeholder that nobody filled in, in {n:row}",
		remark: "people would read this", wrong: "{place} holds a placeholder that nobody filled in: {value}.", fix: "Write the value.",
	},
}
