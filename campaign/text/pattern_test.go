package text_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// No package compiles a pattern at the start of the program, which every command would pay for, and each one can be compiled.
func TestPatternsAreCompiledWhenAskedFor(t *testing.T) {
	patterns := 0
	err := fs.WalkDir(os.DirFS("../.."), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "wordstest") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("../..", path), nil, 0)
		if err != nil {
			return err
		}
		for _, declaration := range file.Decls {
			if variables, is := declaration.(*ast.GenDecl); is {
				ast.Inspect(variables, func(node ast.Node) bool { return checkPattern(t, path, node, &patterns) })
			}
		}
		return nil
	})
	if err != nil || patterns < 30 {
		t.Errorf("%d patterns, %v", patterns, err)
	}
}

// checkPattern looks at a part of a package's variables.
func checkPattern(t *testing.T, path string, node ast.Node, patterns *int) bool {
	call, is := node.(*ast.CallExpr)
	if !is {
		_, function := node.(*ast.FuncLit) // what stands in one happens later
		return !function
	}
	name := ""
	switch called := call.Fun.(type) {
	case *ast.Ident:
		name = called.Name
	case *ast.SelectorExpr:
		name = called.Sel.Name
	}
	switch name {
	case "MustCompile":
		t.Errorf("%s compiles a pattern at the start", path)
	case "Pattern", "pattern":
		if _, err := regexp.Compile(literalOf(call.Args[0])); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		*patterns++
	}
	return true
}

// literalOf is a text that is written in one piece or several.
func literalOf(expression ast.Expr) string {
	switch part := expression.(type) {
	case *ast.BasicLit:
		text, _ := strconv.Unquote(part.Value)
		return text
	case *ast.BinaryExpr:
		return literalOf(part.X) + literalOf(part.Y)
	}
	return "("
}
