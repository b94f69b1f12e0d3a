package process

import (
	"os"
	"slices"
	"testing"
	"time"

	"kanal-campaign/kanal/sandbox"
)

// The server works on a request for longer than its sender lives, and does not serialise a key. Resumed at once, the campaign
// goes on with others, and sends the key again only when its first request has surely ended: everyone has one message.
func TestKilledWhileTheServerWorks(t *testing.T) {
	t.Parallel()
	const rows = 4
	victim := newLaterProcess()
	kanal, env := countingKanal(t, sandbox.Options{Faults: sandbox.Faults{Work: 2500 * time.Millisecond}}, once(1, func() { victim.signal(os.Kill) }))
	home, path := t.TempDir(), audience(t, rows)
	patience := []string{"--rate", "6000", "--request-timeout", "4s", "--doubt-delay", "10ms", "--yes"}
	command, output := program(t, home, env, append([]string{"send", path, "--template", "welcome", "--country", "FR"}, patience...)...)
	victim.start(t, command)
	if command.Wait(); command.ProcessState.ExitCode() != -1 {
		t.Fatalf("it was not killed:\n%s", output)
	}
	resume, output := program(t, home, env, append([]string{"resume", "spring"}, patience...)...)
	if code := endure(t, resume, 0); code != 0 {
		t.Fatalf("it ended with %d:\n%s", code, output)
	}
	agree(t, kanal, resultsOf(path), rows)
	sends := slices.DeleteFunc(kanal.Requests(), func(r sandbox.Request) bool { return !r.Sends() })
	slices.SortFunc(sends, func(a, b sandbox.Request) int { return a.Time.Compare(b.Time) })
	if len(sends) != rows+1 || sends[1].Key == sends[0].Key {
		t.Fatalf("the requests are %+v", sends)
	}
	for _, r := range sends[1:] {
		if r.Key == sends[0].Key && r.Time.Sub(sends[0].Time) < 3*time.Second {
			t.Errorf("a key was sent again after %s", r.Time.Sub(sends[0].Time))
		}
	}
}
