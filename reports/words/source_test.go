package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// exempt are folders and files whose texts are not said to people, or not by us.
var exempt = map[string]string{
	"reports/words":                      "the catalogue itself, and its generator",
	"reports/help":                       "the topics of the help: Markdown, a folder for each language",
	"kanal/sandbox":                      "what it says, it says as Kanal's API does",
	"kanal/classify.go":                  "what Kanal says, by which its refusals are told apart",
	"campaign/audience/consent.go":       "answers as people write them into cells, in many languages",
	"campaign/audience/consent_names.go": "names of columns as people write them, in many languages",
	"campaign/number/country.go":         "names of countries as people write them into cells",
	"campaign/record/legacy.go":          "what earlier versions have written into files, to be read back",
	"campaign/ledger/ledgertest":         "a test of ledgers, for engineers",
	"campaign/sending/sendingtest":       "a bench of tests",
	"reports/cli/completion_bash.go":     "a script for the shell",
	"reports/cli/completion_command.go":  "commands for shells",
}

// exemptTexts are texts within other files.
var exemptTexts = map[string]string{
	"campaigns without activity since ":     "a note beside the ledger's erasures, for engineers: nobody is shown it",
	"a number":                              "the same",
	"not begun":                             "a state, as the JSON outputs name it",
	"--suppress none --suppress FILE":       "flags",
	"default-src 'none'; style-src ":        "the page's policy, for browsers",
	"; base-uri 'none'; form-action 'none'": "the same",
}

// unfinished are the files that still hold sentences for people. The list must only shrink: whoever moves the last sentence of a
// file into the catalogue takes the file out of it, as the test demands.
var unfinished = []string{}

// sentence is what a text for people has: three words in a row. Where a face is at work, two make a label.
var (
	sentence = regexp.MustCompile(`\pL[\pL'’]*[,:;]? \pL[\pL'’]*[,:;]? \pL`)
	label    = regexp.MustCompile(`\pL[\pL'’]*[,:;]? \pL|^ ?\pL[\pL'’]*[:?!] ?$`)
)

// statement is what a part of one has, in SQL. Only the ledger speaks it.
var statement = regexp.MustCompile(`\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|WITH|PRAGMA|WHERE|AND|OR|ORDER BY|FROM|JOIN|VALUES|IN|NOT)\b|\b\w+_\w+, `)

// Nothing but the catalogue holds sentences for people: another language would leave those as they are. Errors, logs, panics and
// SQL are for engineers.
func TestOnlyTheCatalogueHoldsSentences(t *testing.T) {
	root := filepath.Join("..", "..")
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if entry.IsDir() {
			if exempt[name] != "" || entry.Name() == "testdata" || strings.HasPrefix(entry.Name(), ".") && name != "." {
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && exempt[name] == "" {
			found[name], err = sentencesOf(path, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 50 {
		t.Fatalf("only %d files were searched", len(found))
	}
	for _, file := range unfinished {
		if len(found[file]) == 0 {
			t.Errorf("%s holds no sentence any more: take it out of the list", file)
		}
		delete(found, file)
	}
	for file, sentences := range found {
		for _, s := range sentences {
			t.Errorf("%s:%s", file, s)
		}
	}
}

// sentencesOf are the texts of a Go file that read like sentences for people, each with its line.
func sentencesOf(path, name string) (found []string, err error) {
	like := sentence
	if strings.HasPrefix(name, "reports/") {
		like = label
	}
	sql := strings.HasPrefix(name, "campaign/ledger/")
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, path, nil, 0)
	if err != nil {
		return nil, err
	}
	var within []ast.Node
	ast.Inspect(parsed, func(n ast.Node) bool {
		if n == nil {
			within = within[:len(within)-1]
			return true
		}
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING && !slices.ContainsFunc(within, forEngineers) {
			text, _ := strconv.Unquote(literal.Value)
			if like.MatchString(text) && !(sql && statement.MatchString(text)) && exemptTexts[text] == "" {
				found = append(found, strconv.Itoa(files.Position(literal.Pos()).Line)+": "+text)
			}
		}
		within = append(within, n)
		return true
	})
	return found, nil
}

// forEngineers reports whether the texts in a part of the source are for them alone.
func forEngineers(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Field: // its tag
		return n.Tag != nil
	case *ast.FuncDecl:
		return n.Recv != nil && n.Name.Name == "Error"
	case *ast.CallExpr:
		switch called := n.Fun.(type) {
		case *ast.Ident:
			return called.Name == "panic"
		case *ast.SelectorExpr:
			switch of := called.X.(type) {
			case *ast.Ident:
				return of.Name == "zap" || of.Name == "log" ||
					slices.Contains([]string{"errors.New", "fmt.Errorf", "regexp.MustCompile"}, of.Name+"."+called.Sel.Name)
			case *ast.SelectorExpr: // r.Log.Warn
				return of.Sel.Name == "Log"
			}
		}
	}
	return false
}
