package process

import (
	"fmt"
	"kanal-campaign/reports/words/wordstest"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// faultsOfCrashes is everything that can happen to a request, in both orders with its acceptance.
const faultsOfCrashes = "latency=5ms,jitter=80ms,retry-after=1s,drop-before=0.03,drop-after=0.03,500-before=0.01,503-before=0.01," +
	"500-after=0.01,502-after=0.01,garbage-200=0.01,truncated-200=0.01,no-message-id=0.01,429=0.01,429-laravel=0.01"

// Killed at any instant, again and again, while the network and the server fail: everyone is messaged once, and the
// results say of everyone what the server knows. KANAL_CAMPAIGN_KILLS=500 kills so often.
func TestKilledAtAnyInstant(t *testing.T) {
	t.Parallel()
	kills, seed := asked(t, "KANAL_CAMPAIGN_KILLS", 40), seed(t)
	for i, message := range [][]string{
		{"--template", "welcome"},
		{"--type", "text", "--text", "Bonjour {{prenom}}, {{code}}"},
	} {
		t.Run(message[0], func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, uint64(i)))
			campaigns, done := 0, 0
			for ; done < kills/2; campaigns++ {
				c := newKilledCampaign(t, random, message)
				c.carryOut(t, kills/2-done)
				done += len(c.killed)
			}
			t.Logf("%d kills in %d campaigns", done, campaigns)
		})
	}
}

// killedCampaign is a campaign whose processes are killed.
type killedCampaign struct {
	kanal   *kanalProcess
	random  *rand.Rand
	home    string
	path    string   // of the audience
	message []string // flags
	killed  []life
	log     []string // what was run, and how it ended
}

const (
	killedRows = 60
	killedRate = 1200 // requests a minute
)

func newKilledCampaign(t *testing.T, random *rand.Rand, message []string) *killedCampaign {
	t.Helper()
	flags := []string{"--window", "sliding", "--limit", fmt.Sprint(killedRate), "--seed", fmt.Sprint(random.Uint64()),
		"--faults", faultsOfCrashes}
	if random.IntN(2) == 0 {
		flags = append(flags, "--lookup-key-first")
	}
	return &killedCampaign{kanal: startKanal(t, flags...), random: random, home: t.TempDir(), path: audience(t, killedRows),
		message: message}
}

func (c *killedCampaign) results() string {
	return resultsOf(c.path)
}

// carryOut runs one process after the other until the campaign is done, kills up to so many of them, and holds the
// results against the server's truth.
func (c *killedCampaign) carryOut(t *testing.T, kills int) {
	t.Helper()
	next := c.send()
	for next != nil {
		code := c.run(t, next, len(c.killed) < kills)
		if code < 0 && len(c.killed) <= mostVerified {
			c.holdsAsItDied(t)
		}
		next = c.after(t, code)
		if len(c.log) > 200+20*kills {
			t.Fatalf("it comes to no end: %q", c.log)
		}
	}
	c.kanal.account(t, c.results(), killedRows, c.killed)
	keepsPace(t, c.kanal.sends(t), killedRate)
	if command, output := program(t, c.home, c.kanal.env, "verify", "spring", c.results()); endure(t, command, 0) != 0 {
		t.Errorf("the ledger does not hold:\n%s", output)
	}
	if t.Failed() {
		t.Logf("the processes: %q", c.log)
	}
}

// mostVerified is after how many of a campaign's kills its ledger is verified as the dead process has left it.
const mostVerified = 4

// holdsAsItDied verifies the ledger of a process that was just killed: a campaign that is not there yet, or one that holds.
func (c *killedCampaign) holdsAsItDied(t *testing.T) {
	t.Helper()
	command, output := program(t, c.home, c.kanal.env, "verify", "spring")
	code := endure(t, command, 0)
	if code != 0 && !slices.ContainsFunc([]string{"no-ledger", "campaign-missing", "campaign-missing-none"}, func(key string) bool {
		return wordstest.Says(t, output.String(), key)
	}) {
		t.Errorf("verify ends with %d on the ledger of a process that was killed:\n%s", code, output)
	}
}

func (c *killedCampaign) send() []string {
	return slices.Concat([]string{"send", c.path, "--country", "FR", "--yes"}, c.message)
}

// run runs one process, and kills it at an instant that nobody has chosen, if it is to be killed and still there then.
// It returns its exit code: -1 when it was killed.
func (c *killedCampaign) run(t *testing.T, args []string, mortal bool) int {
	t.Helper()
	all := append(slices.Clone(args), "--rate", fmt.Sprint(killedRate), "--doubt-delay", "50ms", "--request-timeout", "3s")
	command, output := program(t, c.home, c.kanal.env, all...)
	lives := []time.Duration{60 * time.Millisecond, 500 * time.Millisecond, 500 * time.Millisecond, 1500 * time.Millisecond}
	long := some(c.random, lives[c.random.IntN(len(lives))])
	if !mortal {
		long = 0
	}
	from := time.Now()
	code := endure(t, command, long)
	c.log = append(c.log, fmt.Sprintf("%s: %d after %s", args[0], code, time.Since(from).Round(time.Millisecond)))
	switch {
	case code == -1:
		c.killed = append(c.killed, life{from, time.Now()})
	case slices.Contains([]int{0, 3, 5, 6}, code), args[0] == "resume" && code == 1 && !c.kanal.isAsked(t):
	default:
		t.Fatalf("%q ended with %d:\n%s\n%q", args, code, output, c.log)
	}
	return code
}

// after chooses what a person may do next; nil when the campaign is done. What a finished campaign has left in doubt is
// tried again on the person's word.
func (c *killedCampaign) after(t *testing.T, code int) []string {
	t.Helper()
	if code == 0 || code == 3 || code == 5 {
		for _, row := range readResults(t, c.results()) {
			switch row["status"] {
			case "unknown":
				return []string{"retry", "spring", "--unknown", "--yes"}
			case "pending":
				t.Fatalf("it is finished, and row %s is not sent: %q", row["row"], c.log)
			}
		}
		return nil
	}
	if c.random.IntN(3) == 0 || code == 1 {
		return c.send()
	}
	return []string{"resume", "spring"}
}

// What dead processes have sent counts: together with the living they keep to the minute's limit, although each of them
// alone would send its first message at once.
func TestTheDeadCountInThePace(t *testing.T) {
	t.Parallel()
	const limit, rows, more = 10, 60, 12
	random := rand.New(rand.NewPCG(seed(t), 2))
	k := startKanal(t, "--window", "sliding", "--limit", fmt.Sprint(limit), "--faults", "jitter=60ms",
		"--seed", fmt.Sprint(random.Uint64()))
	home, path := t.TempDir(), audience(t, rows)
	longest := 300 * time.Millisecond
	one := func() {
		command, output := program(t, home, k.env, "send", path, "--template", "welcome", "--country", "FR", "--yes",
			"--rate", fmt.Sprint(limit), "--doubt-delay", "1ms", "--request-timeout", "1s")
		if code := endure(t, command, some(random, longest)); code != -1 {
			t.Fatalf("it ended with %d:\n%s", code, output)
		}
	}
	for seen := 0; seen < limit/2; { // until the processes live long enough to send
		one()
		before := seen
		if seen = len(k.sends(t)); seen == before {
			longest += longest / 4
		}
	}
	for range more {
		one()
	}
	keepsPace(t, k.sends(t), limit)
	report, output := program(t, home, k.env, "report", "spring")
	if err := report.Run(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	counts := k.holdsTrue(t, resultsOf(path), rows)
	t.Logf("%d requests, and the rows are %v", len(k.sends(t)), counts)
}
