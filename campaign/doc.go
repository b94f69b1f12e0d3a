// Package campaign is everything that one can do with campaigns, whoever asks for it: a Desk takes a Request, gives a Proposal,
// and carries it out once a person has agreed.
//
// What it finds are codes and facts; the packages under reports say them. It may use the packages below it and kanal, and
// nothing of reports.
package campaign
