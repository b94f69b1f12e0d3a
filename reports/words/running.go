package words

import "strings"

// State is how far a campaign is, by its code in the JSON outputs.
func (w *Words) State(code string) string {
	return w.coded("state."+strings.ReplaceAll(code, " ", "-"), code)
}

// Waiting says what a run waits for, by the reason's code: until when and how much longer, where that is known. ok is false
// where it waits for nothing that is known.
func (w *Words) Waiting(reason, until, left string) (text string, ok bool) {
	key := "wait." + reason
	if !w.has(key) {
		return "", false
	}
	return w.say(key, nil, values{"Until": until, "Left": left}), true
}

// Media names what a message begins with in place of a text, by Kanal's format. One that is not known is its own name.
func (w *Words) Media(format string) string { return w.coded("media."+format, strings.ToLower(format)) }
