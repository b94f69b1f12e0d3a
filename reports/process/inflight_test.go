package process

import (
	"path/filepath"
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
	k := startKanal(t, "--faults", "work=2500ms")
	home, path := t.TempDir(), audience(t, rows)
	patience := []string{"--rate", "6000", "--request-timeout", "4s", "--doubt-delay", "10ms", "--yes"}
	command, output := program(t, home, k.env, append([]string{"send", path, "--template", "welcome", "--country", "FR"}, patience...)...)
	if code := endure(t, command, 1500*time.Millisecond); code != -1 {
		t.Fatalf("it ended with %d:\n%s", code, output)
	}
	resume, output := program(t, home, k.env, append([]string{"resume", "spring"}, patience...)...)
	if code := endure(t, resume, 0); code != 0 {
		t.Fatalf("it ended with %d:\n%s", code, output)
	}
	k.holdsTrue(t, filepath.Join(filepath.Dir(path), "spring.results.csv"), rows)
	sends := k.sends(t)
	slices.SortFunc(sends, func(a, b sandbox.Request) int { return a.Time.Compare(b.Time) })
	if len(sends) != rows+1 || sends[1].Key == sends[0].Key {
		t.Fatalf("the requests are %+v", sends)
	}
	for _, r := range sends[1:] {
		if r.Key == sends[0].Key && r.Time.Sub(sends[0].Time) < 3*time.Second {
			t.Errorf("a key was sent again after %s", r.Time.Sub(sends[0].Time))
		}
	}
	if n := len(k.accepted(t)); n != rows {
		t.Errorf("%d accepted, want %d", n, rows)
	}
}
