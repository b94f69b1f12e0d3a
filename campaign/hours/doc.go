// Package hours is when messages may leave, and when they are welcome: windows of the recipients' own clocks, how many people
// are awake when, holidays, the volume of a day, and how long it all takes.
package hours
