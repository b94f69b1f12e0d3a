package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestCurrent holds the catalogue's form and the accessors against the catalogue.
func TestCurrent(t *testing.T) {
	text := fileOf(t, "../"+catalogueFile)
	catalogue, accessors, err := generate(text)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(catalogue, text) || !bytes.Equal(accessors, fileOf(t, "../"+accessorsFile)) {
		t.Error("the accessors or the form of the catalogue are old: go generate ./reports/words")
	}
}

func fileOf(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestEverySentenceIsSaid finds sentences that nothing says any more.
func TestEverySentenceIsSaid(t *testing.T) {
	var entries map[string]entry
	if err := json.Unmarshal(fileOf(t, "../"+catalogueFile), &entries); err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, name := range regexp.MustCompile(`\.([A-Z]\w*)`).FindAllStringSubmatch(sources(t), -1) {
		used[name[1]] = true
	}
	for key := range entries {
		if !strings.Contains(key, ".") && !used[exported(key)] {
			t.Errorf("nothing says %s", key)
		}
	}
}

// sources is the text of what shows sentences, without the accessors and the tests.
func sources(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	err := fs.WalkDir(os.DirFS("../.."), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".html") || strings.HasSuffix(path, "_test.go") || path == "words/"+accessorsFile {
			return err
		}
		text.Write(fileOf(t, "../../"+path))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return text.String()
}
