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

// notSearched are folders whose texts are not ours to translate, or stand in another catalogue.
var notSearched = map[string]string{
	"reports/words": "the catalogue itself, and its generator",
	"reports/help":  "the topics of the help: Markdown, a folder for each language",
	"kanal/sandbox": "what it says, it says as Kanal's API does",
}

// unfinished are the files that still hold sentences for people. The list must only shrink: whoever moves the last sentence of a
// file into the catalogue takes the file out of it, as the test demands.
var unfinished = []string{}

// sentence is what a text for people has: three words in a row.
var sentence = regexp.MustCompile(`\pL[\pL'’]*[,:;]? \pL[\pL'’]*[,:;]? \pL`)

// statement is the beginning of one of SQL.
var statement = regexp.MustCompile(`^\s*(--|SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|WITH|PRAGMA|WHERE|AND|OR|ORDER|FROM|JOIN|LEFT|VALUES|ON|SET|CASE|BEGIN|REPLACE|VACUUM|GROUP|EXISTS|NOT|UNION|\()\b?`)

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
			if notSearched[name] != "" || entry.Name() == "testdata" || strings.HasPrefix(entry.Name(), ".") && name != "." {
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			found[name], err = sentencesOf(path)
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
func sentencesOf(path string) (found []string, err error) {
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
			if sentence.MatchString(text) && !statement.MatchString(text) {
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
			of, _ := called.X.(*ast.Ident)
			if of == nil {
				return false
			}
			switch of.Name + "." + called.Sel.Name {
			case "errors.New", "fmt.Errorf", "regexp.MustCompile":
				return true
			}
			return of.Name == "zap" || of.Name == "log"
		}
	}
	return false
}
