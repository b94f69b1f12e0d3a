package record

import "time"

// Changes says how a changed file differs from the campaign that it belongs to. Every row of the file counts once: in
// Same, Restored, DoubtsBack, Added, Corrected, Lifted, Allowed, Messaged, Invalid or Skipped.
type Changes struct {
	Rows      int // of the file
	Same      int // the same message to the same person, whatever its place in the file
	Waiting   int // of those, not sent yet
	Doubts    int // of those, in doubt
	Added     int // people who were not in the campaign, or had left it
	Corrected int // people of the campaign, not messaged yet, with other values, another number or without their errors
	Lifted    int // people on a list until now who are on none any more
	Allowed   int // people left out for another reason until now, who are not any more
	Messaged  int // people of the campaign with other values who have, or may have, the message: never sent again
	Doubted   int // of those, in doubt
	Restored  int // people back in the file as they were, with what became of their message
	Invalid   int // rows with errors
	Skipped   int // rows that are left out on purpose
	// DoubtsBack are people back in the file as they were whose message is in doubt.
	DoubtsBack int

	Removed         int // people no longer in the file who have not been messaged
	Departed        int // people no longer in the file who have, or may have, the message
	DepartedDoubted int // of those, in doubt
	Excluded        int // people of the campaign whose row has errors now or is left out on purpose: it counts there
}

// None reports whether an update would change nobody's message.
func (c Changes) None() bool {
	return c.Added+c.Corrected+c.Lifted+c.Allowed+c.Messaged+c.Removed+c.Restored+c.DoubtsBack+c.Departed+c.Excluded == 0
}

// ToSend is how many messages the changes send, doubts aside.
func (c Changes) ToSend() int { return c.Waiting + c.Added + c.Corrected + c.Lifted + c.Allowed }

// MostFirstRows is how many rows of each kind of change are named.
const MostFirstRows = 3

// FirstRows are the numbers of the first rows of each kind of change, those of people no longer in the file as the campaign's
// file has them. In Messaged and Departed are none of those in doubt.
type FirstRows struct {
	Waiting, Added, Corrected, Lifted, Allowed, Messaged, Doubted, Restored, Invalid, Skipped []int
	Removed, Departed, DepartedDoubted                                                        []int
}

// Repeats says how many messages of a plan an earlier campaign has sent, or may have sent, to the same people.
type Repeats struct {
	Campaign string
	Since    time.Time // when that campaign began
	Rows     int
	// Unfinished is true while that campaign may still send to the others of its own.
	Unfinished bool
}
