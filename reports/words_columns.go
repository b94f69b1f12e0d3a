package reports

import (
	"kanal-campaign/campaign"
	"kanal-campaign/campaign/problem"
)

// answerErrors tells how many rows an answer spoils.
const answerErrors = "[ ({spoilt} {spoilt?row has an error|rows have errors} then)][ ({leftOut} {leftOut?row is|rows are} left out then)]"

// columnWords are about columns, flags that name them, and the template's variables.
var columnWords = map[problem.Code]wording{
	campaign.PhoneColumnMissing: {
		place: placeColumns, heading: "Say which column holds the phone numbers",
		wrong: "No column is called as phone columns usually are.",
		fix:   "Add --phone-column NAME.[ If {title} is a title, delete it and whatever else stands above the column names.]",
	},
	campaign.PhoneColumnAmbiguous: {
		place: placeColumns, heading: "Say which column holds the phone numbers",
		wrong: "{names} could each hold the phone numbers.", fix: "Add --phone-column NAME with one of them.",
	},
	campaign.ColumnUnknown: {
		place: placeColumns, heading: "Name a column that is in the file",
		wrong: "[{reason} names ]{value}, and no column is called that.[ Did you mean {nearest}?]",
		fix:   "Use the column's name in the header, or its letter.",
	},
	campaign.CountryColumnOpen: {
		place: placeColumns, heading: "Say whether {header} tells the country of each number",
		wrong: "{place} holds countries. By it, {length:row has|rows have} another number than without it, the first of them " +
			"row {row}: {value} is {with} by that column, and {without} without it.",
		fix: "Add --country-column with the column's name, or --country-column none.",
		answers: []string{"If the country of each number stands in {answer}" + answerErrors,
			"If no column tells the country of a number" + answerErrors},
	},
	campaign.WhereValueUnknown: {
		place: placeColumns, heading: "Correct --where: no cell of {header} is {value}",
		wrong: "--where names {value}, and no cell of {header} (column {column}) holds that.[ Did you mean \"{fix}\"?]",
		fix:   "[Its values are {names}. ][It has more than {limit} different values. ]Correct the value, or leave it out.",
	},
	campaign.ConsentOpen: {
		place: placeColumns, heading: "Say whether {header} (column {column}) is consent",
		wrong: "It reads like consent to be written to. Of those who would get the message[, {length} {length?refuses|refuse}]" +
			"[, {limit} {limit?has|have} not answered].",
		fix:     "Say which column is consent with --consent-column NAME, or --consent-column none.",
		answers: []string{"To send only to those whom it allows", "If it is not consent"},
	},
	campaign.ConsentsOpen: {
		place: placeColumns, heading: "Say which of these columns is consent",
		wrong: "{names} read like consent to be written to, and not all of those who would get the message agree there.",
		fix:   "Say which column is consent with --consent-column NAME, which may be given again, or --consent-column none.",
		answers: []string{"To send only to those whom all of them allow", "To send only to those whom {answer} allows",
			"If none of them is consent"},
	},
	campaign.VariableNoColumn: {
		place: placeColumns, heading: "Say which column feeds {variable}",
		wrong: "The message needs {variable}[ ({reason}, line {line}, character {lineColumn})], " +
			"and no column is called that.[ Did you mean {nearest}?]",
		fix: "Add {map}, or rename the column.",
	},
	campaign.VariableUnknown: {
		place: placeColumns, heading: "Correct --map: the message has no {variable}",
		wrong: "--map names {variable}, and the message has no such variable.[ It has {names}.]",
		fix:   "Correct the name, or leave it out.",
	},
	campaign.VariablesUncertain: {
		place: placeColumns, heading: "Name the template's variables",
		wrong: "The variables of the template {value} cannot be read for certain[: {reason}].[ Those seen: {names}.]",
		fix:   "Look at the template in Kanal and name them in order: --variables name1,name2",
	},
	campaign.MediaHeaderNoLink: {
		place: placeColumns, heading: "Name the variable that carries the header's link",
		wrong: "The template {value} begins with a file[ ({reason})] and declares no variable for its link.",
		fix:   "Name it with --variables, after a column that holds an https link.",
	},
	campaign.ColumnsShared: {
		place: placeWarnings, heading: "One column feeds two variables: {names}",
		remark: "{names}",
		wrong:  "{names} are both fed by the column {header}.", fix: "If that is not meant, say which column feeds which: {map}",
	},
}

// rowWords are about whole rows and the file as a whole.
var rowWords = map[problem.Code]wording{
	campaign.MostRowsInvalid: {
		place: placeColumns, heading: "Find out why most rows have errors",
		wrong: "{length} of {limit} rows have errors, more than half: it is probably the wrong column, the wrong country, or the message itself.",
		fix:   "Look at --phone-column, --country and --map. --skip-invalid does not go past this.",
	},
	campaign.RowRagged: {
		place: placeRows, heading: "Repair {n:row} with too many or too few cells",
		remark: "[{length} cells, ]the header has {limit}",
		wrong:  "The row has [{length}] cells, and the header has {limit}.",
		fix:    "Quote cells that contain the delimiter, or add the missing cells.",
	},
	campaign.RowExample: {
		place: placeRows, heading: "Replace the example row that init wrote",
		remark: "the example's number", wrong: "{value} is the number of the example row that init wrote, and nobody has it.",
		fix: "Write a recipient into that row, or delete it.",
	},
	campaign.DuplicateValues: {
		place: placeDuplicates, heading: "Decide about {n:phone number} that {n?comes|come} again with other values",
		choice: "--duplicates skip: the first row counts. --duplicates allow: all are sent.",
		remark: "in row {first} already, with other values",
		wrong:  "The number {value} stands in row {first} already, with other values.",
		fix:    "Delete one of the rows, or add --duplicates skip (the first counts) or --duplicates allow (all are sent).",
	},
}
