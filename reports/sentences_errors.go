package reports

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/kanal"
)

// The sentences about errors that end a command. Their arguments are clean.
const (
	ledgerNewer = "The ledger %s was written by a newer version of kanal-campaign. Install the newest version; nothing was changed."

	ledgerDamaged = "The ledger %s cannot be read: %s. Nothing was sent. Restore it from a backup, or move it away only if no " +
		"campaign in it matters any more: without it, the program cannot know who was messaged."

	campaignRunning = "Campaign %s is being run already%s. Nothing was sent. Wait for it, or stop it with Ctrl-C in its window."

	fileFailed = "%s cannot be opened or written: %s. Check that it exists, that the disk has room, and that you may write " +
		"there; then run the same command again."

	badAddress = "KANAL_API_URL cannot be used: %s. Nothing was sent. Write it as https://api.getkanal.com, or leave it unset; http " +
		"is for this computer only (localhost, 127.0.0.1, [::1])."

	badKey = "The API key%s cannot be used: %s. Nothing was sent. Copy it from Kanal again, alone: no quotes, no words around it."
)

// ConfigSentence says what is wrong with the API's address or the key, and what to do. keyFrom says where the key came
// from, as a person knows it: "from KANAL_API_KEY"; empty where that is not known.
func ConfigSentence(err error, keyFrom string) string {
	format, kind := badAddress, kanal.ErrBaseURL
	args := []any{}
	if errors.Is(err, kanal.ErrKey) {
		format, kind = badKey, kanal.ErrKey
		if keyFrom != "" {
			keyFrom = " " + keyFrom
		}
		args = append(args, keyFrom)
	}
	return Clean(fmt.Sprintf(format, append(args, strings.TrimPrefix(err.Error(), kind.Error()+": "))...))
}

// ErrorSentence says in words what an error means that ended a command, and what to do next: about the ledger, the lock
// of a campaign, Kanal's API, or a file. ok is false for any other error. The sentence is clean and not wrapped: see Wrap.
func ErrorSentence(err error) (sentence string, ok bool) {
	var newer *ledger.NewerError
	var damaged *ledger.DamagedError
	var running *ledger.RunningError
	var api *kanal.Error
	var path *fs.PathError
	var foreign *NoResultsError
	switch {
	case errors.As(err, &newer):
		return fmt.Sprintf(ledgerNewer, pathWord(newer.Path)), true
	case errors.As(err, &damaged):
		return fmt.Sprintf(ledgerDamaged, pathWord(damaged.Path), Clean(fmt.Sprint(damaged.Err))), true
	case errors.As(err, &running):
		return fmt.Sprintf(campaignRunning, quoted(running.Holder.Campaign), holderWords(running.Holder)), true
	case errors.As(err, &api):
		return APISentence(api), true
	case errors.As(err, &foreign) && foreign.Row == 0:
		return fmt.Sprintf(noResultsFile, pathWord(foreign.Path)), true
	case errors.As(err, &foreign):
		return fmt.Sprintf(changedResultsFile, pathWord(foreign.Path), foreign.Row, foreign.Column, quoted(foreign.Value)), true
	case errors.As(err, &path):
		return fmt.Sprintf(fileFailed, pathWord(path.Path), Clean(fmt.Sprint(path.Err))), true
	}
	return "", false
}

// holderWords tell what is known about the process that runs a campaign; nothing where nothing is.
func holderWords(holder ledger.Run) string {
	if holder.PID == 0 {
		return ""
	}
	return fmt.Sprintf(": process %d, started %s by %s on %s", holder.PID, dated(holder.StartedAt), Clean(holder.Person),
		Clean(holder.Computer))
}

// pathWord is a path as a part of a sentence: in quotes where its spaces would break it.
func pathWord(path string) string {
	if path = Clean(path); strings.Contains(path, " ") {
		return `"` + path + `"`
	}
	return path
}
