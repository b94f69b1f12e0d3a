package cli

import (
	"io"

	"kanal-campaign/reports"
)

// look says what may be written on an output: commands as the user's shell reads them, and colours on a terminal that has
// them, unless NO_COLOR (no-color.org) asks for none.
func (env Env) look(w io.Writer, terminal bool) reports.Terminal {
	look := reports.Terminal{Writer: w, Colour: terminal && env.hasColours(), Shell: reports.ShellOf(env.GOOS)}
	if terminal {
		look.Width = env.Width
	}
	return look
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
