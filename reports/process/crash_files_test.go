package process

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// bigCampaign is a campaign whose plan and results take a while to write.
type bigCampaign struct {
	kanal      *kanalProcess
	random     *rand.Rand
	home, path string
	rows       int
}

func newBigCampaign(t *testing.T, random *rand.Rand, rows int) *bigCampaign {
	t.Helper()
	return &bigCampaign{kanal: startKanal(t, "--limit", "6000"), random: random, home: t.TempDir(), path: audience(t, rows), rows: rows}
}

func (c *bigCampaign) results() string {
	return resultsOf(c.path)
}

func (c *bigCampaign) send() []string {
	return []string{"send", c.path, "--template", "welcome", "--country", "FR", "--yes", "--first", "5", "--rate", "6000",
		"--doubt-delay", "1ms", "--request-timeout", "1s"}
}

// run runs the program for so long; see endure.
func (c *bigCampaign) run(t *testing.T, long time.Duration, args ...string) (code int, output string) {
	t.Helper()
	command, printed := program(t, c.home, c.kanal.env, args...)
	return endure(t, command, long), printed.String()
}

// planned returns how many rows the ledger's campaign has, or none when there is no campaign to be seen.
func (c *bigCampaign) planned(t *testing.T) int {
	t.Helper()
	code, output := c.run(t, 0, "status", "--format", "json")
	var status struct{ Campaigns []struct{ Rows int } }
	if err := json.Unmarshal([]byte(output), &status); code != 0 || err != nil || len(status.Campaigns) > 1 {
		t.Fatalf("status ended with %d: %v\n%s", code, err, output)
	}
	if len(status.Campaigns) == 0 {
		return 0
	}
	return status.Campaigns[0].Rows
}

// Killed while the plan is read into the ledger, nothing was sent, nothing is to be seen of the half of it, and the same
// command makes it whole.
func TestKilledDuringTheImport(t *testing.T) {
	t.Parallel()
	rows := max(5500, lighter(12_000)) // more than one transaction of an import holds
	kills, random := asked(t, "KANAL_CAMPAIGN_KILLS", lighter(60))/10, rand.New(rand.NewPCG(seed(t), 3))
	longest := 200 * time.Millisecond
	for killed, campaigns, halves := 0, 0, 0; killed < kills; campaigns++ {
		c := newBigCampaign(t, random, rows)
		for killed < kills {
			if code, output := c.run(t, some(random, longest), c.send()...); code != -1 {
				if code != 0 && code != 3 {
					t.Fatalf("it ended with %d:\n%s", code, output)
				}
				longest /= 2
				break
			}
			killed++
			seen := c.planned(t)
			if seen != 0 && seen != c.rows || seen == 0 && c.kanal.isAsked(t) {
				t.Fatalf("the ledger shows %d of %d rows, and the server saw %d requests", seen, c.rows, len(c.kanal.sends(t)))
			}
			if seen == c.rows {
				longest /= 2
				break
			}
			halves++
			longest += longest / 2
		}
		// 5: the first five, whom the command is about, were all sent to before the kill.
		if code, output := c.run(t, 0, c.send()...); code != 0 && code != 3 && code != 5 {
			t.Fatalf("it ended with %d:\n%s", code, output)
		}
		if code, output := c.run(t, 0, "report", "spring"); code != 0 {
			t.Fatalf("report ended with %d:\n%s", code, output)
		}
		counts := c.kanal.holdsTrue(t, c.results(), c.rows)
		if n := len(c.kanal.accepted(t)); n < 5 || n != counts["sent"]+counts["already_sent"]+counts["unknown"] {
			t.Errorf("%d people were messaged, and the rows are %v", n, counts)
		}
		t.Logf("%d kills so far, %d in the midst of the import; %v", killed, halves, counts)
	}
}

// Killed while the results are written, the file is the old one or the new one, whole, and what the dead have left
// beside it goes.
func TestKilledAsResultsAreWritten(t *testing.T) {
	t.Parallel()
	kills, random := asked(t, "KANAL_CAMPAIGN_KILLS", max(20, lighter(60)))/10, rand.New(rand.NewPCG(seed(t), 4))
	c := newBigCampaign(t, random, lighter(6000))
	if code, output := c.run(t, 0, c.send()...); code != 0 {
		t.Fatalf("it ended with %d:\n%s", code, output)
	}
	before := readFile(t, c.results())
	halves, killed := 0, 0
	for ; killed < kills || halves == 0 && killed < kills+mostTooLate; killed++ {
		half := c.killWriting(t, 1+random.Int64N(int64(len(before))), "resume", "spring", "--yes", "--first", "1", "--rate", "6000")
		if half > 1 {
			t.Errorf("%d unfinished files are there", half)
		}
		halves += half
		left := readFile(t, c.results())
		if code, output := c.run(t, 0, "report", "spring"); code != 0 {
			t.Fatalf("report ended with %d:\n%s", code, output)
		}
		after := readFile(t, c.results())
		if !bytes.Equal(left, before) && !bytes.Equal(left, after) {
			t.Errorf("the results are neither the old ones (%d bytes) nor the new ones (%d), but %d bytes",
				len(before), len(after), len(left))
		}
		if drafts := c.drafts(t); len(drafts) > 0 {
			t.Errorf("after another writing there is still %v", drafts)
		}
		before = after
	}
	counts := c.kanal.holdsTrue(t, c.results(), c.rows)
	t.Logf("%d kills, of which %d left half a file; %v", killed, halves, counts)
	if halves == 0 {
		t.Error("no kill met a file being written")
	}
}

// A campaign is not finished before its results stand: killed in between, it is resumed, and writes them.
func TestKilledBeforeTheResultsStand(t *testing.T) {
	t.Parallel()
	random, repeated := rand.New(rand.NewPCG(seed(t), 7)), lighter(2000)
	c := newRepeatingCampaign(t, random, repeated)
	for tooLate := 0; !c.killedBeforeItsResults(t); tooLate++ {
		if tooLate == mostTooLate {
			t.Fatal("every kill came too late")
		}
		c = newRepeatingCampaign(t, random, repeated)
	}
	if code, output := c.run(t, 0, "resume", "spring"); code != 0 {
		t.Errorf("resume ended with %d:\n%s", code, output)
	}
	rows := readResults(t, c.results())
	if len(rows) != 5*(1+repeated) || rows[4]["status"] != "sent" || rows[5]["status"] != "skipped" {
		t.Errorf("the results hold %d rows, and the fifth is %v", len(rows), rows[4])
	}
	if n := len(c.kanal.acceptedByKey(t)); n != 5 {
		t.Errorf("%d people were messaged, want 5", n)
	}
}

// mostTooLate is how many kills may come when the file that they are to meet is written already: the load decides.
const mostTooLate = 30

// newRepeatingCampaign sends to five people, and leaves them out again and again as repeated.
func newRepeatingCampaign(t *testing.T, random *rand.Rand, repeated int) *bigCampaign {
	t.Helper()
	c := newBigCampaign(t, random, 5)
	five := readFile(t, c.path)
	_, people, _ := bytes.Cut(five, []byte("\n"))
	if err := os.WriteFile(c.path, append(five, bytes.Repeat(people, repeated)...), 0o600); err != nil {
		t.Fatal(err)
	}
	return c
}

// killedBeforeItsResults sends the campaign, kills the program as it writes the results, and reports whether that was in
// time: they do not stand.
func (c *bigCampaign) killedBeforeItsResults(t *testing.T) bool {
	t.Helper()
	half := c.killWriting(t, 1, "send", c.path, "--template", "welcome", "--country", "FR", "--yes", "--rate", "6000")
	_, err := os.Stat(c.results())
	if half > 1 || half == 0 && err != nil {
		t.Fatalf("it left %d unfinished files, and the results: %v", half, err)
	}
	return err != nil
}

// killWriting kills the program once it has written so much of the results. It returns how many unfinished files that
// leaves.
func (c *bigCampaign) killWriting(t *testing.T, size int64, args ...string) int {
	t.Helper()
	command, output := program(t, c.home, c.kanal.env, args...)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = command.Wait() // its exit code tells
		close(ended)
	}()
	for look := time.Tick(200 * time.Microsecond); ; {
		select {
		case <-ended:
			if code := command.ProcessState.ExitCode(); code > 0 && code != 3 {
				t.Fatalf("it ended with %d:\n%s", code, output)
			}
			return len(c.drafts(t))
		case <-look:
			if sizes := c.drafts(t); len(sizes) > 0 && slices.Max(sizes) >= size {
				_ = command.Process.Kill() // or it has ended
			}
		}
	}
}

// drafts returns the sizes of the unfinished files beside the audience.
func (c *bigCampaign) drafts(t *testing.T) (sizes []int64) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(c.path))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".tmp") {
			continue
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) { // it has just been put into its place
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, info.Size())
	}
	return sizes
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// Killed as the ledger itself is made, the next one makes it.
func TestKilledAsTheLedgerIsMade(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(seed(t), 5))
	k := startKanal(t)
	kills := lighter(12)
	longest, unmade := 50*time.Millisecond, 0
	for range kills {
		c := &bigCampaign{kanal: k, home: t.TempDir(), path: audience(t, 1)}
		book := filepath.Join(c.home, "ledger.db")
		c.run(t, some(random, longest), "check", c.path, "--template", "welcome", "--country", "FR", "--ledger", book)
		if info, err := os.Stat(book); err != nil {
			longest += longest / 2
		} else if info.Size() < 50_000 {
			unmade++
		} else {
			longest -= longest / 4
		}
		if code, output := c.run(t, 0, "check", c.path, "--template", "welcome", "--country", "FR", "--ledger", book); code != 0 {
			t.Errorf("it ended with %d:\n%s", code, output)
		}
	}
	t.Logf("%d kills, of which %d left a ledger that was not whole", kills, unmade)
}
