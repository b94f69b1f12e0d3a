package reports

import (
	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/problem"
)

// exportAsCSV is how to turn a spreadsheet in another format into one that is read, in the menu words of each program.
const exportAsCSV = `Open it and save it as .xlsx, or as CSV. Excel: File > Save As > "CSV UTF-8 (Comma delimited)". ` +
	`Excel en français : Fichier > Enregistrer sous > « CSV UTF-8 (délimité par des virgules) ». ` +
	`Google Sheets: File > Download > Comma Separated Values (.csv). ` +
	`LibreOffice: File > Save As > "Text CSV (.csv)", character set "Unicode (UTF-8)". ` +
	`Then run the same command with the new file.`

// fileWords are about a file that cannot be read. {value} is its path.
var fileWords = map[problem.Code]wording{
	problem.Code(audience.FileMissing): {
		place: placeFile, heading: "Give the path of a file that exists",
		wrong: "There is no file [{value}].", fix: "Check the spelling and the folder.",
	},
	problem.Code(audience.FileIsFolder): {
		place: placeFile, heading: "Give the path of a file, not of a folder",
		wrong: "[{value}] is a folder.", fix: "Name the CSV or .xlsx file inside it.",
	},
	problem.Code(audience.FileIsStream): {
		place: placeFile, heading: "Give the path of an ordinary file",
		wrong: "[{value}] is no ordinary file but a stream or a device.",
		fix:   "Save the list into a CSV file, and name that: it is read more than once.",
	},
	problem.Code(audience.FileLinkBroken): {
		place: placeFile, heading: "Give the path of a file that exists",
		wrong: "[{value}] is a link to [{names}], which is not there.", fix: "Name the file itself, or mend the link.",
	},
	problem.Code(audience.FileUnreadable): {
		place: placeFile, heading: "Make the file readable",
		wrong: "The file[ {value}] cannot be read[: {reason}].", fix: "Close it in other programs, check its permissions, and try again.",
	},
	problem.Code(audience.FileChanged): {
		place: placeFile, heading: "Run the command again",
		wrong: "The file[ {value}] changed while it was being read. Nothing was sent.",
		fix:   "Wait until it is saved, then run the same command again.",
	},
	problem.Code(audience.FileEmpty): {
		place: placeFile, heading: "Choose a file that is not empty",
		wrong: "The file is empty.", fix: "Export it again, with a header and one row for each person.",
	},
	problem.Code(audience.FileSpreadsheet): {
		place: placeFile, heading: "Save the spreadsheet as .xlsx or CSV",
		wrong: "This is a spreadsheet's older or other format, or a web page: only .xlsx and CSV are read.", fix: exportAsCSV,
	},
	problem.Code(audience.WorkbookEncrypted): {
		place: placeFile, heading: "Take the password off the workbook",
		wrong: "The workbook has a password, so it cannot be read.",
		fix: "Open it in Excel, empty the password under File > Info > Protect Workbook > Encrypt with Password " +
			"(Fichier > Informations > Protéger le classeur), save it, and run the same command again.",
	},
	problem.Code(audience.WorkbookBroken): {
		place: placeFile, heading: "Save the workbook again",
		wrong: "The workbook is damaged or was not copied wholly[: {reason}].",
		fix: "Copy or download it again, or open it in Excel and save it again as .xlsx or as " +
			`"CSV UTF-8 (Comma delimited)".`,
	},
	problem.Code(audience.WorkbookTooLarge): {
		place: placeFile, heading: "Save the sheet as CSV",
		wrong: "The workbook unpacks to more than is read of one.",
		fix:   `Save the sheet as "CSV UTF-8 (Comma delimited)", of which any length is read, and use that file.`,
	},
	problem.Code(audience.SheetUnknown): {
		place: placeFile, heading: "Name a sheet that is there",
		wrong: `The workbook has no sheet "{name}".`, fix: "Its sheets are {others}: name one of them, or its number from 1, with --sheet.",
	},
	problem.Code(audience.SheetNoWorkbook): {
		place: placeFile, heading: "Leave --sheet out",
		wrong: `--sheet "{name}" names a sheet of a workbook, and this file is none.`, fix: "Leave --sheet out, or name the .xlsx file.",
	},
	problem.Code(audience.RowTooLong): {
		place: placeFile, heading: "Shorten a row that is far too long",
		wrong: "Row {name} is longer than any real one: it passes one megabyte (1,048,576 bytes).",
		fix:   "Delete what does not belong to it.",
	},
	problem.Code(audience.FileNotText): {
		place: placeFile, heading: "Choose a CSV or .xlsx file",
		wrong: "The file is not text[ (line {line})], so it cannot be a CSV file.",
		fix:   "Save the list as .xlsx or export it as CSV, and use that file.",
	},
	problem.Code(audience.FileEncodingUnknown): {
		place: placeFile, heading: "Name an encoding that is known",
		wrong: `"{name}" is no encoding that can be read.`,
		fix:   "Use --encoding utf-8, utf-16le, utf-16be, windows-1252 or macroman.",
	},
	problem.Code(audience.FileEncodingWrong): {
		place: placeFile, heading: "Use another encoding",
		wrong: "The file is not written in {name}[ (see line {line})].",
		fix:   "Leave --encoding out, or name the right one: utf-8, utf-16le, utf-16be, windows-1252 or macroman.",
	},
	problem.Code(audience.FileNoHeader): {
		place: placeFile, heading: "Add a header row",
		wrong: "The first row looks like data, not like column names[: {names}].",
		fix:   "Insert a first row with a name for each column, such as phone and first_name.",
	},
	problem.Code(audience.FileNoRows): {
		place: placeFile, heading: "Add rows below the header",
		wrong: "There is a header and no row below it.", fix: "Add one row for each person.",
	},
	problem.Code(audience.HeaderEmpty): {
		place: placeFile, heading: "Name every column",
		wrong: "A column with data has no name in the header[: column {names}].", fix: "Give it a name, or delete it.",
	},
	problem.Code(audience.HeaderDuplicate): {
		place: placeFile, heading: "Give every column a name of its own",
		wrong: "A name stands over several columns[: {names}].", fix: "Rename or delete all but one of them.",
	},
	problem.Code(audience.HeaderTooWide): {
		place: placeFile, heading: "Delete the columns that are not needed",
		wrong: "The header has {size} columns, and 2,000 is the most that is read.", fix: "Keep the columns that the message needs.",
	},
	problem.Code(audience.QuoteBroken): {
		place: placeFile, heading: "Repair a quotation mark",
		wrong: "A quotation mark is opened and not closed, or stands inside of an unquoted cell[, at line {line}][, character {lineColumn}]. " +
			"Lines are counted as a text editor counts them.",
		fix: `Export the file again, or repair the line: a quotation mark inside a quoted cell is doubled ("").`,
	},
	problem.Code(audience.RecordTooLong): {
		place: placeFile, heading: "Repair a row that does not end",
		wrong: "A row[ that starts at line {line}] is longer than any real one: it passes one megabyte (1,048,576 bytes). " +
			"A quotation mark is probably not closed.",
		fix: "Repair that line, or export the file again.",
	},
	problem.Code(audience.RowTooWide): {
		place: placeFile, heading: "Shorten a row that has far too many cells",
		wrong: "Row {name} has {size} cells, and 2,000 is the most that is read.",
		fix:   "Delete what does not belong to it, or export the file again.",
	},
	problem.Code(audience.DelimiterUnknown): {
		place: placeFile, heading: "Name another delimiter",
		wrong: `"{name}" cannot separate cells.`, fix: `Use --delimiter ",", ";", "tab" or "|", or leave it out.`,
	},

	campaign.RowsHidden: {
		place:   placeWarnings,
		heading: "{length:row is|rows are} hidden in the sheet, by a filter most often, and {length?counts|count} like the others",
		wrong:   "{length:row is|rows are} hidden in the sheet, and {length?counts|count} like the others.",
		fix:     "To leave them out, delete them, or copy the visible rows into a sheet of their own.",
	},
	campaign.FormulasUnresolved: {
		place:   placeWarnings,
		heading: "{length:formula has|formulas have} no result saved and {length?reads|read} as empty: open the workbook in Excel and save it",
		wrong: "{length:formula|formulas} of the sheet {length?has|have} no result saved with {length?it|them}, " +
			"and {length?reads|read} as empty.",
		fix: "Open the workbook in Excel, which computes them, and save it.",
	},
	campaign.CellsComputed: {
		place: placeWarnings,
		heading: "{length:text begins|texts begin} like a formula (row {row}, {column}: {value}): Excel would compute {length?it|them} " +
			"in the results, which are CSV; open those with Data > From Text/CSV, all columns as Text",
		wrong: "{length:text|texts} of the sheet {length?begins|begin} like a formula, the first one {value}.",
		fix:   "Excel would compute {length?it|them} in the results, which are CSV: open those with Data > From Text/CSV, all columns as Text.",
	},
	campaign.CellsMerged: {
		place: placeWarnings, heading: "{length:area|areas} of merged cells: only the first cell of each has its value",
		wrong: "The sheet has {length:area|areas} of merged cells, and only the first cell of each has its value.",
		fix:   "Unmerge them, and write the value into every row.",
	},
}
