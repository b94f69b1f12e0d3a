package audience_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kanal-campaign/campaign/audience"
)

// edits are what other programs do to a file while it is read.
var edits = map[string]func(t *testing.T, path string){
	"appended to": func(t *testing.T, path string) { overwrite(t, path, os.O_APPEND, "0698765432\n") },
	"written over": func(t *testing.T, path string) {
		overwrite(t, path, 0, "PHONE")
	},
	"truncated":                func(t *testing.T, path string) { truncate(t, path, 70_001) },
	"truncated in the middle":  func(t *testing.T, path string) { truncate(t, path, 110_000) },
	"emptied, before it grows": func(t *testing.T, path string) { truncate(t, path, 0) },
	"replaced": func(t *testing.T, path string) {
		content, err := os.ReadFile(path)
		if err == nil {
			err = os.WriteFile(path+".new", content, 0o600)
		}
		if err == nil {
			err = os.Rename(path+".new", path)
		}
		if err != nil {
			t.Fatal(err)
		}
	},
	"removed": func(t *testing.T, path string) {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	},
}

func overwrite(t *testing.T, path string, flag int, text string) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_WRONLY|flag, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteString(text); err != nil {
		t.Fatal(err)
	}
}

func truncate(t *testing.T, path string, size int64) {
	t.Helper()
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
}

// However a file is read, in one pass or in two, a change before its last row is read ends the rows with FileChanged.
func TestFileThatChangesWhileItIsRead(t *testing.T) {
	text := "phone\n" + strings.Repeat("0612345678\n", 20_000) + "\"06\n12\n34\"\n"
	for reading, way := range map[string]struct {
		mark string
		opts audience.Options
	}{"two passes": {}, "with a mark": {mark: "\ufeff"}, "encoding given": {opts: audience.Options{Encoding: "utf-8"}}} {
		for name, edit := range edits {
			for _, after := range []int{0, 5000} {
				t.Run(strings.Join([]string{reading, name}, ", "), func(t *testing.T) {
					path := filepath.Join(t.TempDir(), "a.csv")
					if err := os.WriteFile(path, []byte(way.mark+text), 0o600); err != nil {
						t.Fatal(err)
					}
					old := time.Now().Add(-time.Hour) // times of files are coarse
					if err := os.Chtimes(path, old, old); err != nil {
						t.Fatal(err)
					}
					f, err := audience.Open(path, way.opts)
					if err != nil {
						t.Fatal(err)
					}
					defer f.Close()
					if after == 0 {
						edit(t, path)
					}
					var last error
					n := 0
					for _, err := range f.Rows() {
						last = err
						if n++; n == after {
							edit(t, path)
						}
					}
					if fault := faultOf(t, last); fault.Code != audience.FileChanged || fault.Path != path || f.SHA256() != "" {
						t.Errorf("%v, %s", last, f.SHA256())
					}
				})
			}
		}
	}
}

// A file that grows faster than it is read is read as far as it went when it was opened.
func TestFileThatGrowsForEver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte("phone\n"+strings.Repeat("0612345678\n", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := audience.Open(path, audience.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for _, err := range f.Rows() {
		if err != nil {
			if faultOf(t, err).Code != audience.FileChanged {
				t.Error(err)
			}
			break
		}
		if n++; n > 1000 {
			t.Fatal("more rows than the file had")
		}
		overwrite(t, path, os.O_APPEND, "0698765432\n0698765432\n")
	}
}

func TestDigestIsTheFilesOwn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte("\ufeffphone\n0612345678\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := audience.Open(path, audience.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, err := range f.Rows() {
		if err != nil {
			t.Fatal(err)
		}
	}
	if sum, err := audience.Digest(path); err != nil || sum != f.SHA256() {
		t.Errorf("%s, %v; want %s", sum, err, f.SHA256())
	}
}
