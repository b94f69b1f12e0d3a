package process

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// A pilot that is killed at any instants, and taken up again by its own command or by the one that status proposes, is accepted for
// the file's first people, each of them once, and for nobody else. KANAL_CAMPAIGN_KILLS=500 kills so often.
func TestKilledPilotNeverSendsBeyond(t *testing.T) {
	t.Parallel()
	const sideBySide = 2
	kills, seed := asked(t, "KANAL_CAMPAIGN_KILLS", 12), seed(t)
	for i := range sideBySide {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, uint64(3+i)))
			for done := 0; done < kills/sideBySide; {
				p := newKilledPilot(t, random)
				done += p.killAgainAndAgain(t, 6)
				p.end(t)
			}
		})
	}
}

// killedPilot is a campaign that is sent to its first people, and whose processes are killed meanwhile.
type killedPilot struct {
	kanal      *kanalProcess
	random     *rand.Rand
	home, path string
}

const pilotRows, pilotFirst = 30, 20

func newKilledPilot(t *testing.T, random *rand.Rand) *killedPilot {
	t.Helper()
	return &killedPilot{random: random, home: t.TempDir(), path: audience(t, pilotRows),
		kanal: startKanal(t, "--limit", "100000", "--seed", fmt.Sprint(random.Uint64()),
			"--faults", "latency=20ms,jitter=60ms,drop-after=0.05,drop-before=0.05")}
}

func (p *killedPilot) send() []string {
	return []string{"send", p.path, "--template", "welcome", "--country", "FR", "--yes", "--first", fmt.Sprint(pilotFirst)}
}

// run runs the program for so long; see endure.
func (p *killedPilot) run(t *testing.T, long time.Duration, args ...string) (int, string) {
	t.Helper()
	command, output := program(t, p.home, p.kanal.env,
		append(args, "--rate", "1200", "--doubt-delay", "50ms", "--request-timeout", "1s")...)
	code := endure(t, command, long)
	return code, output.String()
}

// killAgainAndAgain kills the pilot so often, or fewer times if it ends before, and returns how often.
func (p *killedPilot) killAgainAndAgain(t *testing.T, most int) (killed int) {
	t.Helper()
	for next := p.send(); killed < most; killed++ {
		if code, _ := p.run(t, some(p.random, time.Second), next...); code != -1 {
			break
		}
		p.kanal.keepsToFirst(t, pilotFirst)
		if next = p.send(); p.random.IntN(3) == 0 {
			next = p.statusProposes(t)
		}
	}
	return killed
}

// end brings the pilot to its end, and then sends to the others, which needs a word of its own.
func (p *killedPilot) end(t *testing.T) {
	t.Helper()
	for range 5 { // doubts that the faults leave are tried again
		if code, said := p.run(t, 0, p.send()...); code == 5 {
			break
		} else if code != 0 && code != 3 {
			t.Fatalf("the pilot ended with %d:\n%s", code, said)
		}
	}
	if n := p.kanal.keepsToFirst(t, pilotFirst); n != pilotFirst {
		t.Errorf("the pilot of %d is accepted for %d", pilotFirst, n)
	}
	if code, said := p.run(t, 0, "resume", "spring"); code != 5 {
		t.Errorf("unasked, the rest ended with %d:\n%s", code, said)
	}
	if code, said := p.run(t, 0, "resume", "spring", "--yes"); code != 0 && code != 3 {
		t.Errorf("the rest ended with %d:\n%s", code, said)
	}
	p.kanal.holdsTrue(t, resultsOf(p.path), pilotRows)
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
func (p *killedPilot) statusProposes(t *testing.T) []string {
	t.Helper()
	command, output := program(t, p.home, p.kanal.env, "status", "spring")
	_ = command.Run() // without a campaign it fails
	_, proposed, found := strings.Cut(output.String(), "kanal-campaign resume spring")
	if !found {
		return p.send()
	}
	line, _, _ := strings.Cut(proposed, "\n")
	if !strings.Contains(line, "--first") { // nothing of the pilot is left, or nothing of it had begun
		return p.send()
	}
	return append([]string{"resume", "spring"}, strings.Fields(line)...)
}
