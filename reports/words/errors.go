package words

import (
	"strings"

	"kanal-campaign/campaign/text"
)

// Trouble says what keeps a file from being used, as it stands behind a colon, and what mends it; by its code. Of a code that is
// not known only the latter is told.
func (w *Words) Trouble(code string) (wrong, step string) {
	if !w.has("trouble." + code + ".wrong") {
		return "", w.say("trouble.other.step", nil, nil)
	}
	return w.say("trouble."+code+".wrong", nil, nil), w.say("trouble."+code+".step", nil, nil)
}

// Irregular says what a path is that names no regular file, by its kind, as it stands behind a colon.
func (w *Words) Irregular(kind string) string {
	if !w.has("irregular." + kind) {
		kind = "other"
	}
	return w.say("irregular."+kind, nil, nil)
}

// Path is a path as a part of a sentence: in quotes where its spaces would break it.
func (w *Words) Path(path string) string {
	if path = text.Clean(path); strings.Contains(path, " ") {
		return w.Quoted(path)
	}
	return path
}
