package ledger

import (
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/trouble"
)

type (
	Row          = record.Row
	Campaign     = record.Campaign
	Definition   = record.Definition
	Settings     = record.Settings
	Condition    = record.Condition
	Suppression  = record.Suppression
	File         = record.Audience
	Tally        = record.Tally
	Run          = record.Run
	Attempt      = record.Attempt
	TestSent     = record.TestSent
	OptOut       = record.OptOut
	RunningError = record.RunningError
	Changes      = record.Changes
	FirstRows    = record.FirstRows
	Repeats      = record.Repeats
	Minute       = record.Minute
	PhoneGroup   = record.PhoneGroup
	ProblemGroup = record.ProblemGroup

	NewerError   = trouble.NewerError
	DamagedError = trouble.DamagedError
	DiskError    = trouble.DiskError
	MovedError   = trouble.MovedError
	Trouble      = trouble.Code
)

const (
	TestCommand      = record.TestCommand
	MostFirstRows    = record.MostFirstRows
	TroubleAllFiles  = trouble.AllFiles
	TroubleAway      = trouble.Away
	TroubleBadPath   = trouble.BadPath
	TroubleBroken    = trouble.Broken
	TroubleBusy      = trouble.Busy
	TroubleDenied    = trouble.Denied
	TroubleDisk      = trouble.Disk
	TroubleFull      = trouble.Full
	TroubleMemory    = trouble.Memory
	TroubleMissing   = trouble.Missing
	TroubleNoFolder  = trouble.NoFolder
	TroubleNoLocks   = trouble.NoLocks
	TroubleNotFound  = trouble.NotFound
	TroubleOpenFiles = trouble.OpenFiles
	TroubleQuota     = trouble.Quota
	TroubleReadOnly  = trouble.ReadOnly
	TroubleTooLarge  = trouble.TooLarge
	TroubleWriteOnce = trouble.WriteOnce
)

var TroubleOf = trouble.Of
