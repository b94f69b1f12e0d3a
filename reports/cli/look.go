package cli

import (
	"io"
	"path/filepath"

	"kanal-campaign/reports/screen"
	"kanal-campaign/reports/words"
)

// Language is in which words people read.
func Language() *words.Words { return words.English() }

// face says how a person reads an output: commands as the user's shell reads them, and colours on a terminal that has
// them, unless NO_COLOR (no-color.org) asks for none.
func (env Env) face(w io.Writer, terminal bool) screen.Face {
	face := screen.Face{Writer: w, Words: Language(), Colour: terminal && env.hasColours(), Shell: screen.ShellOf(env.GOOS), Full: fullPath}
	if terminal {
		face.Width = env.Width
	}
	return face
}

// fullPath is a path as every folder takes it; one that the system does not tell stays as it is.
func fullPath(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		return full
	}
	return path
}

func (env Env) hasColours() bool {
	kind := env.Getenv("TERM")
	switch {
	case env.Getenv("NO_COLOR") != "", kind == "dumb":
		return false
	case kind == "": // Windows has no TERM, and others always have one
		return env.GOOS == "windows"
	}
	return true
}
