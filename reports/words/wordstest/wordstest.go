// Package wordstest finds sentences of the catalogue in what a program has said, by their keys: tests that assert keys and facts hold
// under every language.
package wordstest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/template/parse"
)

// catalogue is the file of the sentences.
func catalogue() string {
	_, here, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(here), "..", "active.en.json")
}

// Says reports whether a text holds the sentence of a key, with every one of the values somewhere in its variables. However lines are
// broken makes no difference. It fails the test for a key that the catalogue does not have.
func Says(t testing.TB, text, key string, values ...string) bool {
	t.Helper()
	forms, err := sentences()
	if err != nil {
		t.Fatal(err)
	}
	if len(forms[key]) == 0 {
		t.Fatalf("the catalogue has no sentence %q", key)
	}
	text = strings.Join(strings.Fields(text), " ")
	return slices.ContainsFunc(forms[key], func(form *regexp.Regexp) bool {
		return slices.ContainsFunc(form.FindAllStringSubmatch(text, -1), func(found []string) bool {
			variables := strings.Join(found[1:], "\n")
			return !slices.ContainsFunc(values, func(value string) bool {
				return !strings.Contains(variables, strings.Join(strings.Fields(value), " "))
			})
		})
	})
}

// sentences are patterns of every form of every sentence, by key. A variable is a group.
var sentences = sync.OnceValues(func() (map[string][]*regexp.Regexp, error) {
	content, err := os.ReadFile(catalogue())
	if err != nil {
		return nil, err
	}
	var entries map[string]any
	if err := json.Unmarshal(content, &entries); err != nil {
		return nil, fmt.Errorf("%s: %w", catalogue(), err)
	}
	patterns := map[string][]*regexp.Regexp{}
	for key, entry := range entries {
		forms, plural := entry.(map[string]any)
		if !plural {
			forms = map[string]any{"other": entry}
		}
		delete(forms, "description")
		for _, form := range forms {
			tree := parse.New(key)
			tree.Mode = parse.SkipFuncCheck
			if _, err := tree.Parse(form.(string), "", "", map[string]*parse.Tree{}); err != nil {
				return nil, err
			}
			text := atTheEnd.ReplaceAllString(strings.TrimSpace(pattern(tree.Root)), "(.*)") // which takes what there is
			patterns[key] = append(patterns[key], regexp.MustCompile(text))
		}
	}
	return patterns, nil
})

// pattern is what a piece of a sentence may read.
func pattern(node parse.Node) string {
	switch node := node.(type) {
	case *parse.ListNode:
		var all strings.Builder
		for _, piece := range node.Nodes {
			all.WriteString(pattern(piece))
		}
		return all.String()
	case *parse.TextNode:
		return point.ReplaceAllString(space.ReplaceAllString(regexp.QuoteMeta(string(node.Text)), " "), "$1? ")
	case *parse.IfNode:
		return either(node.BranchNode)
	case *parse.WithNode:
		return either(node.BranchNode)
	case *parse.ActionNode:
		if text, is := node.Pipe.Cmds[0].Args[0].(*parse.StringNode); is {
			return regexp.QuoteMeta(text.Text)
		}
	}
	return "(.*?)"
}

func either(branch parse.BranchNode) string {
	otherwise := ""
	if branch.ElseList != nil {
		otherwise = pattern(branch.ElseList)
	}
	return "(?:" + pattern(branch.List) + "|" + otherwise + ")"
}

// point is one that a line which is full to the brim may do without.
var point = regexp.MustCompile(`(,|;|:|\\\.) `)

var atTheEnd = regexp.MustCompile(`\(\.\*\?\)$`)

var space = regexp.MustCompile(`\s+`)
