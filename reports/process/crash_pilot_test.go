package process

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A pilot that is killed at any instants, and taken up again by its own command or by the one that status proposes, is accepted for
// the file's first people, each of them once, and for nobody else. KANAL_CAMPAIGN_KILLS=500 kills so often.
func TestKilledPilotNeverSendsBeyond(t *testing.T) {
	t.Parallel()
	const rows, first = 50, 20
	kills, random := asked(t, "KANAL_CAMPAIGN_KILLS", 12), rand.New(rand.NewPCG(seed(t), 3))
	for done := 0; done < kills; {
		k := startKanal(t, "--limit", "100000", "--seed", fmt.Sprint(random.Uint64()), "--faults", "latency=20ms,jitter=60ms,drop-after=0.05,drop-before=0.05")
		home, path := t.TempDir(), audience(t, rows)
		pilot := []string{"send", path, "--template", "welcome", "--country", "FR", "--yes", "--first", fmt.Sprint(first)}
		run := func(args []string, long time.Duration) (int, string) {
			command, output := program(t, home, k.env, append(slices.Clone(args), "--rate", "1200", "--doubt-delay", "50ms", "--request-timeout", "1s")...)
			code := endure(t, command, long)
			return code, output.String()
		}
		next := pilot
		for killed := 0; killed < 6; {
			code, _ := run(next, some(random, time.Second))
			if code != -1 {
				break
			}
			killed, done = killed+1, done+1
			k.keepsToFirst(t, first)
			if next = pilot; random.IntN(3) == 0 {
				next = statusProposes(t, home, k, pilot)
			}
		}
		for range 5 { // doubts that the faults leave are tried again
			if code, said := run(pilot, 0); code == 5 {
				break
			} else if code != 0 && code != 3 {
				t.Fatalf("the pilot ended with %d:\n%s", code, said)
			}
		}
		if n := k.keepsToFirst(t, first); n != first {
			t.Errorf("the pilot of %d is accepted for %d", first, n)
		}
		if code, said := run([]string{"resume", "spring"}, 0); code != 5 {
			t.Errorf("unasked, the rest ended with %d:\n%s", code, said)
		}
		if code, said := run([]string{"resume", "spring", "--yes"}, 0); code != 0 && code != 3 {
			t.Errorf("the rest ended with %d:\n%s", code, said)
		}
		k.holdsTrue(t, filepath.Join(filepath.Dir(path), "spring.results.csv"), rows)
	}
}

// keepsToFirst fails the test unless only the first people of the audience are accepted, and returns how many are.
func (k *kanalProcess) keepsToFirst(t *testing.T, first int) int {
	t.Helper()
	numbers := map[string]bool{}
	for _, r := range k.sends(t) {
		if !r.Accepted {
			continue
		}
		if numbers[r.Number] {
			t.Fatalf("%s is accepted twice", r.Number)
		}
		numbers[r.Number] = true
	}
	if len(numbers) > first {
		t.Fatalf("the pilot of %d is accepted for %d", first, len(numbers))
	}
	return len(numbers)
}

// statusProposes is the command by which status goes on; the pilot's own before there is a campaign.
func statusProposes(t *testing.T, home string, k *kanalProcess, pilot []string) []string {
	t.Helper()
	command, output := program(t, home, k.env, "status", "spring")
	_ = command.Run() // without a campaign it fails
	_, proposed, found := strings.Cut(output.String(), "kanal-campaign resume spring")
	if !found {
		return pilot
	}
	line, _, _ := strings.Cut(proposed, "\n")
	if !strings.Contains(line, "--first") { // nothing of the pilot is left, or nothing of it had begun
		return pilot
	}
	return append([]string{"resume", "spring"}, strings.Fields(line)...)
}
