package cli_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"kanal-campaign/reports/cli"
	"kanal-campaign/reports/words/wordstest"
)

// A fault of the program itself is told in a sentence, without what it may have held, and ends with exit code 1.
func TestFaultOfTheProgram(t *testing.T) {
	const secret = "k3y0k3y0k3y0k3y0k3y0k3y0"
	for says, panics := range map[string]func(){
		"index out of range":     func() { var none []int; _ = none[len(secret)] },
		"nil pointer":            func() { var none *result; none.code++ },
		"*errors.errorString":    func() { panic(errors.New(secret)) },
		"a panic of type string": func() { panic(secret) },
	} {
		var out, errs sharedBuffer
		code := cli.Run(t.Context(), cli.Env{
			Args: []string{"status"}, Out: &out, Err: &errs, Home: t.TempDir(), GOOS: "linux",
			Getenv: func(string) string { panics(); return "" }, Signals: make(chan os.Signal),
		})
		got := strings.Join(strings.Fields(errs.String()), " ")
		if code != 1 || !strings.Contains(got, says) || !wordstest.Says(t, got, "error-crashed") || strings.Contains(got, secret) ||
			strings.Contains(got, "goroutine") {
			t.Errorf("exit code %d: %s", code, got)
		}
	}
}
