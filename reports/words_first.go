package reports

// What is said of a part of a campaign, to which --first keeps a run.
const (
	firstDone       = "The first %s people of the campaign %s have been dealt with, whatever came of each."
	firstDoneUpdate = "The first %s messages of the update of the campaign %s have been dealt with, whatever came of each."
	firstDoneRest   = "To send the rest, {n:message|messages}, after a question:"
	firstDonePart   = "To go on with the part that --first has begun, {n:message|messages}:"

	pastFirstWhy      = "the last run was kept to a part (--first)"
	pastFirstQuestion = "The last run was kept to a part (--first). Should the messages go to the others now?"
)
