package cli_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/campaign/sending/sendingtest"
	"kanal-campaign/kanal/sandbox"
)

// Whatever a campaign has been through, the people whom check, the screen and the question announce are those whom the run sends
// to, those whom it shows are among them, and nobody is sent to whom no yes was meant for. KANAL_CAMPAIGN_HISTORIES=5000 makes
// so many random histories, and KANAL_CAMPAIGN_SEED repeats the first of a run that failed.
func TestWhatIsAnnouncedIsSent(t *testing.T) {
	histories, seed := 8, uint64(time.Now().UnixNano())
	for name, read := range map[string]func(text string) (err error){
		"KANAL_CAMPAIGN_HISTORIES": func(text string) (err error) { histories, err = strconv.Atoi(text); return err },
		"KANAL_CAMPAIGN_SEED":      func(text string) (err error) { seed, err = strconv.ParseUint(text, 10, 64); return err },
	} {
		if text := os.Getenv(name); text != "" {
			if err := read(text); err != nil {
				t.Fatal(err)
			}
		}
	}
	runs := 0
	for i := range uint64(histories) {
		ok := t.Run(fmt.Sprintf("KANAL_CAMPAIGN_SEED=%d", seed+i), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := newHistory(t, rand.New(rand.NewPCG(seed+i, 0)))
				for range 3 + h.file.Random.IntN(10) {
					h.step()
				}
				runs += h.runs
			})
		})
		if !ok {
			break
		}
	}
	t.Logf("%d histories with %d runs that sent", histories, runs)
}

// history is what happens to a campaign.
type history struct {
	*virtual
	file    *sendingtest.Changing
	path    string
	calls   []call // of the command at work
	tried   map[string]bool
	stop    int // the call at which something stops the run; 0 for none
	how     int
	signals chan os.Signal
	allowed int // messages that somebody has said yes to and that were not tried yet
	pilot   int // the largest --first, while send with it is all that has happened
	several bool
	log     []string
	runs    int
}

type call struct{ key, number string }

func newHistory(t *testing.T, random *rand.Rand) *history {
	h := &history{virtual: newVirtual(t), file: sendingtest.NewChanging(random), tried: map[string]bool{}, pilot: -1}
	h.kanal = sandbox.New(sandbox.Options{Seed: random.Uint64(), OptedOut: sendingtest.OptedOut, LookupKeyFirst: h.file.One(2)})
	h.play = h.watch
	h.save()
	return h
}

func (h *history) save() {
	h.path = h.write("spring.csv", h.file.Text())
}

// watch notes every request to send, and stops the run at one of them.
func (h *history) watch(_ int, w http.ResponseWriter, r *http.Request) bool {
	h.calls = append(h.calls, call{r.Header.Get("Idempotency-Key"), recipient(h.t, r)})
	if len(h.calls) != h.stop {
		return false
	}
	switch h.how {
	case 0:
		h.signals <- os.Interrupt
	case 1: // out at once
		h.signals <- os.Interrupt
		h.signals <- os.Interrupt
	case 2:
		r.Header.Set("Authorization", "Bearer revoked")
	case 3: // accepted, and then the connection dies for good
		h.kanal.ServeHTTP(discarded{http.Header{}}, r)
		_, reset := hijack(w)
		reset()
		h.signals <- os.Interrupt
		h.signals <- os.Interrupt
		return true
	}
	return false
}

// discarded is an answer that nobody reads.
type discarded struct{ header http.Header }

func (d discarded) Header() http.Header         { return d.header }
func (d discarded) Write(p []byte) (int, error) { return len(p), nil }
func (d discarded) WriteHeader(int)             {}

// step lets something happen.
func (h *history) step() {
	switch n := h.file.Random.IntN(20); {
	case n < 7:
		h.carryOut(h.sendWords()...)
	case n < 10:
		h.carryOut(append([]string{"resume", "spring"}, h.flags(true)...)...)
	case n < 12:
		words := []string{"retry", "spring"}
		if h.file.One(2) {
			words = append(words, "--unknown")
		}
		h.carryOut(words...)
	case n < 15:
		h.file.Change()
		h.save()
	case n < 16:
		h.other()
	case n < 17:
		rates := map[sandbox.Fault]float64{}
		if h.file.One(2) {
			for _, f := range []sandbox.Fault{sandbox.DropAfter, sandbox.DropBefore, sandbox.Error500Before, sandbox.Error502After,
				sandbox.Throttle, sandbox.Garbage200, sandbox.Platform131000} {
				rates[f] = h.file.Random.Float64() / 12
			}
		}
		h.kanal.SetFaults(sandbox.Faults{Rates: rates})
	default:
		time.Sleep([]time.Duration{time.Minute, 150 * time.Minute, 13 * time.Hour, 26 * time.Hour}[h.file.Random.IntN(4)])
	}
}

func (h *history) sendWords() []string {
	repeats := "--again"
	if h.file.One(4) {
		repeats = "--skip-repeats"
	}
	words := append([]string{"send", h.path, "--template", "welcome", "--country", "FR", repeats, "--skip-invalid"}, h.flags(true)...)
	if h.file.One(3) {
		words = append(words, "--update")
	}
	if h.file.One(3) {
		mode := []string{"skip", "allow", "allow"}[h.file.Random.IntN(3)]
		words = append(words, "--duplicates", mode)
	}
	if h.file.One(5) {
		words = append(words, "--min-gap", "1d")
	}
	return words
}

// flags are those that every run takes.
func (h *history) flags(first bool) (words []string) {
	if first && h.file.One(2) {
		words = append(words, "--first", fmt.Sprint(1+h.file.Random.IntN(h.file.Len()+2)))
	}
	switch h.file.Random.IntN(8) {
	case 0:
		words = append(words, "--suppress", h.write("list.csv", h.file.List()))
	case 1:
		words = append(words, "--suppress", "none")
	case 2:
		words = append(words, "--daily-cap", fmt.Sprint(1+h.file.Random.IntN(20)))
	}
	return words
}

// other lets another campaign send to some of the people.
func (h *history) other() {
	name, text := h.file.Other()
	h.stop = 0
	h.run("send", h.write(name+".csv", text), "--template", "welcome", "--country", "FR", "--yes", "--skip-invalid", "--again",
		"--duplicates", "skip")
}

var (
	asks      = regexp.MustCompile(`Type (\d+) to send`)
	announces = regexp.MustCompile(`(?m)^To(?: send)? +(?:(\d+) (?:person|people|message|messages)|(nobody))`)
	shows     = regexp.MustCompile(`(?m)^ +\|.* row (\d+)(?:, (?:first|longest|random))?$`)
)

// carryOut checks, is asked and says no, and then runs the command, which something may stop in its midst.
func (h *history) carryOut(words ...string) {
	h.t.Helper()
	h.log = append(h.log, strings.Join(words, " "))
	foretold := h.foretold(words)
	h.stop, h.calls, h.signals = 0, nil, make(chan os.Signal, 2)
	if h.file.One(3) {
		h.stop, h.how = 1+h.file.Random.IntN(h.file.Len()), h.file.Random.IntN(4)
	}
	before := h.results()
	declined := h.runOn(terminal{is: true, input: "no\n", signals: h.signals}, words...)
	question, asked := told(asks, declined.err)
	if !asked {
		h.judge(words, declined, foretold, 0, false)
		return
	}
	if declined.code != 5 || len(h.calls) > 0 {
		h.fail(declined, "it went on without a yes")
	}
	if after := h.results(); after != before {
		h.fail(declined, "without a yes the results have changed from\n%s\nto\n%s", before, after)
	}
	done := h.runOn(terminal{signals: h.signals}, append(slices.Clone(words), "--yes")...)
	h.judge(words, done, foretold, question, true)
}

func (h *history) results() string {
	text, _ := os.ReadFile(filepath.Join(h.dir, "spring.results.csv"))
	return string(text)
}

// foretold is how many messages check says that send would send now; -1 where it does not say so of this command.
func (h *history) foretold(words []string) int {
	if words[0] != "send" || slices.Contains(words, "--first") {
		return -1
	}
	var check []string
	for _, word := range words[1:] {
		if word != "--again" && word != "--update" {
			check = append(check, word)
		}
	}
	got := h.run(append(append([]string{"check"}, check...), "--format", "json")...)
	var told struct {
		Sendable int
		Campaign *struct {
			Send   string
			ToSend int `json:"to_send"`
		}
	}
	if json.Unmarshal([]byte(got.out), &told) != nil || got.code != 0 {
		return -1
	}
	switch {
	case told.Campaign == nil:
		return told.Sendable
	case told.Campaign.Send == "resume" && slices.Contains(words, "--update"):
		return -1 // an update of the same file takes in whom lists have left out, and check knows nothing of --update
	case told.Campaign.Send == "resume", told.Campaign.Send == "update" && slices.Contains(words, "--update"):
		return told.Campaign.ToSend
	}
	return -1
}

func told(pattern *regexp.Regexp, text string) (n int, found bool) {
	match := pattern.FindStringSubmatch(strings.ReplaceAll(text, "\r", "\n"))
	if match == nil {
		return 0, false
	}
	n, _ = strconv.Atoi(match[1])
	return n, true
}

// judge holds what a run told against what it did.
func (h *history) judge(words []string, got result, foretold, question int, asked bool) {
	h.t.Helper()
	announced, any := told(announces, got.err)
	if !any {
		if len(h.calls) > 0 {
			h.fail(got, "it sent, and announced nobody")
		}
		return
	}
	if slices.Contains(words, "allow") {
		h.several = true
	}
	keys, fresh := map[string]bool{}, 0
	for _, c := range h.calls {
		if !keys[c.key] && !h.tried[c.key] {
			fresh++
		}
		keys[c.key] = true
	}
	for key := range keys {
		h.tried[key] = true
	}
	if len(h.calls) > 0 {
		h.runs++
	}
	whole := got.code == 0 || got.code == 3
	switch {
	case asked && question != announced:
		h.fail(got, "the question is about %d, and the screen about %d", question, announced)
	case foretold >= 0 && foretold != announced:
		h.fail(got, "check foretold %d, and %d were announced", foretold, announced)
	case len(keys) > announced:
		h.fail(got, "%d were announced, and %d sent", announced, len(keys))
	case whole && len(keys)+len(h.excused()) < announced:
		h.fail(got, "%d were announced, and only %d sent", announced, len(keys))
	case !asked && fresh > h.allowed:
		h.fail(got, "unasked it sent to %d people more, when %d were said yes to", fresh, h.allowed)
	}
	if words[0] != "retry" {
		h.allowed = announced - len(keys)
	}
	if whole {
		h.shown(got)
	}
	h.pilots(got, words)
	h.truth(got)
}

// excused are the rows, by their numbers, of people with several messages who turned out, by the first of them, to have opted out.
func (h *history) excused() map[string]bool {
	rows := map[string]bool{}
	for _, row := range h.virtual.results("spring.results.csv") {
		left := row["cause"] == "opted-out-earlier" || row["status"] == "unknown" && slices.Contains(sendingtest.OptedOut, row["normalized_phone"])
		if left && slices.ContainsFunc(h.calls, func(c call) bool { return c.number == row["normalized_phone"] }) {
			rows[row["row"]] = true
		}
	}
	return rows
}

// shown makes sure that the messages which a screen shows are sent.
func (h *history) shown(got result) {
	h.t.Helper()
	sent, left := h.excused(), false // rows that have left the file are named by their places in an older one
	for _, row := range h.virtual.results("spring.results.csv") {
		if slices.ContainsFunc(h.calls, func(c call) bool { return c.key == row["idempotency_key"] }) {
			sent[row["row"]] = true
			left = left || row["row"] == ""
		}
	}
	for _, match := range shows.FindAllStringSubmatch(got.err, -1) {
		if !sent[match[1]] && !left {
			h.fail(got, "it shows row %s, and did not send it", match[1])
		}
	}
}

// pilots makes sure that send --first N, however often it is given, sends to no more than N people.
func (h *history) pilots(got result, words []string) {
	h.t.Helper()
	i := slices.Index(words, "--first")
	if words[0] != "send" || i < 0 || slices.Contains(words, "--update") {
		h.pilot = 0
	}
	if h.pilot == 0 {
		return
	}
	n, _ := strconv.Atoi(words[i+1])
	if h.pilot = max(h.pilot, n); len(h.tried) > h.pilot {
		h.fail(got, "a pilot of %d sent to %d people", h.pilot, len(h.tried))
	}
}

// truth holds the results against what the sandbox accepted: nobody twice, and everybody who counts as accepted was.
func (h *history) truth(got result) {
	h.t.Helper()
	accepted, people := map[string]bool{}, map[string]bool{}
	for _, a := range h.kanal.Accepted() {
		if !h.tried[a.Key] {
			continue // another campaign's
		}
		if accepted[a.Key] || people[a.Number] && !h.several {
			h.fail(got, "%s was accepted twice", a.Number)
		}
		accepted[a.Key], people[a.Number] = true, true
	}
	for _, row := range h.virtual.results("spring.results.csv") {
		told := row["status"] == "sent" || row["status"] == "already_sent"
		if told != accepted[row["idempotency_key"]] && row["status"] != "unknown" {
			h.fail(got, "row %s reads %s, and accepted is %v", row["row"], row["status"], accepted[row["idempotency_key"]])
		}
	}
}

func (h *history) fail(got result, format string, args ...any) {
	h.t.Helper()
	h.t.Fatalf("%s\nafter\n  %s\nexit code %d\n%s%s\nfile:\n%s", fmt.Sprintf(format, args...), strings.Join(h.log, "\n  "), got.code, got.out, got.err,
		h.read("spring.csv"))
}
