package words

import (
	"strings"

	"kanal-campaign/campaign/regular"
	"kanal-campaign/campaign/text"
	"kanal-campaign/campaign/trouble"
)

// Trouble says what keeps a file from being used, as it stands behind a colon, and what mends it; by its code. Of a code that is
// not known only the latter is told.
func (w *Words) Trouble(code trouble.Code) (wrong, step string) {
	if !w.has("trouble." + string(code) + ".wrong") {
		return "", w.say("trouble.other.step", nil, nil)
	}
	return w.say("trouble."+string(code)+".wrong", nil, nil), w.say("trouble."+string(code)+".step", nil, nil)
}

// Irregular says what a path is that names no regular file, by its kind, as it stands behind a colon.
func (w *Words) Irregular(kind regular.Kind) string {
	if !w.has("irregular." + string(kind)) {
		kind = regular.Other
	}
	return w.say("irregular."+string(kind), nil, nil)
}

// Path is a path as a part of a sentence: in quotes where its spaces would break it.
func (w *Words) Path(path string) string {
	if path = text.Clean(path); strings.Contains(path, " ") {
		return w.Quoted(path)
	}
	return path
}
