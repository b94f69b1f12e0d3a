package sandbox

import (
	"os"
	"path/filepath"
	"testing"
)

// Another process reads from the file what Requests tells this one.
func TestRequestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "requests.jsonl")
	file, err := OpenRequests(path)
	if err != nil {
		t.Fatal(err)
	}
	s := New(Options{Limit: 2, RequestFile: file})
	send(t, s, "33612345678", "k1")
	send(t, s, "33600000005", "k2") // accepted, then dropped
	send(t, s, "33612345679", "k3") // past the limit
	file.WriteString(`{"time":"2026-11-20T12`)
	file.Close()

	if file, err = OpenRequests(path); err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	send(t, New(Options{RequestFile: file}), "33612345678", "k4")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	read, _, err := parseLines[Request](content, "request file")
	if err != nil || len(read) != 4 || read[3].Key != "k4" {
		t.Fatalf("%+v, %v", read, err)
	}
	for i, want := range s.Requests() {
		if !want.Time.Equal(read[i].Time) {
			t.Errorf("request %d came at %s, and the file says %s", i+1, want.Time, read[i].Time)
		}
		read[i].Time = want.Time
		if read[i] != want || !want.Sends() {
			t.Errorf("the file says %+v of %+v", read[i], want)
		}
	}
	if r := read[1]; r.Fault != DropAfter || !r.Accepted || r.Status != 0 {
		t.Errorf("an acceptance whose answer was lost is recorded as %+v", r)
	}
	if r := read[2]; r.Fault != "" || r.Accepted || r.Status != 429 {
		t.Errorf("a request past the limit is recorded as %+v", r)
	}
}

func TestNoAnswerLeavesWithoutItsRecord(t *testing.T) {
	s := New(Options{RequestFile: brokenWriter{}})
	client := overHTTP(t, s)
	if got := outcome(client, "33612345678", "k"); got != "doubt/connection-lost" {
		t.Errorf("the client takes it as %s", got)
	}
}

// A truth file is no request file, and the other way round: neither is touched.
func TestFilesOfAnotherKindAreLeft(t *testing.T) {
	for kind, open := range map[string]func(string) error{
		`{"key":"k","number":"33612345678"}`:         func(path string) error { _, err := OpenRequests(path); return err },
		`{"time":"2026-11-20T12:00:00Z","path":"/"}`: func(path string) error { _, _, err := OpenTruth(path); return err },
	} {
		for _, content := range []string{kind + "\n", kind, kind + "\n" + kind} {
			path := filepath.Join(t.TempDir(), "file")
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			err := open(path)
			if left, readErr := os.ReadFile(path); err == nil || readErr != nil || string(left) != content {
				t.Errorf("%q was opened: %v; it holds %q", content, err, left)
			}
		}
	}
}
