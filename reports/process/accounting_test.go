package process

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kanal-campaign/campaign/sending"
	"kanal-campaign/kanal/sandbox"
)

// life is a process that was killed: from before its start to its end.
type life struct{ from, to time.Time }

// results is a results file by row, in the file's order.
type results []map[string]string

func readResults(t *testing.T, path string) results {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	reader := csv.NewReader(bytes.NewReader(content))
	if header, _, _ := bytes.Cut(content, []byte("\n")); bytes.Contains(header, []byte(";")) {
		reader.Comma = ';' // as the audience has it
	}
	records, err := reader.ReadAll()
	if err != nil {
		t.Fatalf("%s is torn: %v", path, err)
	}
	var rows results
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// account holds the results of a campaign that is done, with the file that audience wrote, against what the server saw:
// everyone was accepted once and stands in the file's order, an id is there exactly where an answer brought it, and every
// request had been recorded before it left.
func (k *kanalProcess) account(t *testing.T, path string, rows int, killed []life) {
	t.Helper()
	of := k.acceptedByKey(t)
	if len(of) != rows {
		t.Errorf("%d people were messaged, want %d", len(of), rows)
	}
	seen, acceptance := map[string]int{}, map[string]sandbox.Request{}
	for _, r := range k.sends(t) {
		seen[r.Key]++
		if r.Accepted {
			acceptance[r.Key] = r
		}
	}
	lost := make([]int, len(killed))
	table := readResults(t, path)
	if len(table) != rows {
		t.Fatalf("the results hold %d rows, want %d", len(table), rows)
	}
	for i, row := range table {
		key := row["idempotency_key"]
		a, found := of[key]
		if code := fmt.Sprintf("P%05d", i); !found || row["row"] != fmt.Sprint(i+2) || row["code"] != code ||
			a.Number != row["normalized_phone"] || a.Variables["code"] != code && !strings.HasSuffix(a.Text, code) {
			t.Errorf("row %d of the results is %v, and accepted was %+v", i+2, row, a)
			continue
		}
		if attempts, err := strconv.Atoi(row["attempts"]); err != nil || attempts < seen[key] {
			t.Errorf("row %d: the server saw %d requests, and the results count %s", i+2, seen[key], row["attempts"])
		}
		switch wanted := row["status"]; {
		case wanted == "sent" && row["message_id"] == fmt.Sprint(a.MessageID) && !losesAnswer(acceptance[key].Fault):
		case wanted == "already_sent" && row["message_id"] == "" && losesAnswer(acceptance[key].Fault):
		case wanted == "already_sent" && row["message_id"] == "" && diedUnanswered(acceptance[key].Time, killed, lost):
		default:
			t.Errorf("row %d reads %v, and the server's truth is %+v, %+v", i+2, row, a, acceptance[key])
		}
	}
}

// holdsTrue holds results of any instant against what the server saw: no row says more than the truth, and none less than
// its own process could know. It returns how many rows there are of each status.
func (k *kanalProcess) holdsTrue(t *testing.T, path string, rows int) map[string]int {
	t.Helper()
	of, counts := k.acceptedByKey(t), map[string]int{}
	table := readResults(t, path)
	if len(table) != rows {
		t.Errorf("the results hold %d rows, want %d", len(table), rows)
	}
	for i, row := range table {
		a, found := of[row["idempotency_key"]]
		counts[row["status"]]++
		switch row["status"] {
		case "sent":
			if !found || row["message_id"] != fmt.Sprint(a.MessageID) {
				t.Errorf("row %d reads %v, and accepted was %+v", i+2, row, a)
			}
		case "already_sent":
			if !found {
				t.Errorf("row %d reads %v, and was not accepted", i+2, row)
			}
		case "pending":
			if found {
				t.Errorf("row %d reads %v, and accepted was %+v", i+2, row, a)
			}
		case "unknown":
		default:
			t.Errorf("row %d reads %v", i+2, row)
		}
	}
	return counts
}

// acceptedByKey returns what the server accepted, and fails where it accepted a key twice.
func (k *kanalProcess) acceptedByKey(t *testing.T) map[string]sandbox.Acceptance {
	t.Helper()
	of := map[string]sandbox.Acceptance{}
	for _, a := range k.accepted(t) {
		if earlier, twice := of[a.Key]; twice {
			t.Errorf("key %s was accepted twice: %+v, %+v", a.Key, earlier, a)
		}
		of[a.Key] = a
	}
	return of
}

// losesAnswer reports whether the acceptance of a request with this fault never tells the message's id.
func losesAnswer(fault sandbox.Fault) bool {
	return slices.Contains([]sandbox.Fault{sandbox.DropAfter, sandbox.Error500After, sandbox.Error502After, sandbox.Error503After,
		sandbox.Garbage200, sandbox.HTML200, sandbox.Truncated200, sandbox.NoMessageID}, fault)
}

// diedUnanswered finds a process that may have died before it recorded an answer of this time, and counts it: none loses
// more than it has in flight.
func diedUnanswered(at time.Time, killed []life, lost []int) bool {
	const late = 3 * time.Second // the server may still be at work on what a dead process has asked for
	for i, l := range killed {
		if !at.Before(l.from) && !at.After(l.to.Add(late)) && lost[i] < sending.DefaultInFlight {
			lost[i]++
			return true
		}
	}
	return false
}
