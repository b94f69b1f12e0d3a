package screen

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// notScreens show a single sentence.
var notScreens = []string{"SandboxIsRemote"}

// Every function that shows a screen is called by a test that compares it with golden files, and every golden file is one
// that a test compares with. A new screen has to have one.
func TestEveryScreenHasAGoldenFile(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var screens []string
	compared, named := map[string]bool{}, map[string]bool{}
	for _, path := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case !strings.HasSuffix(path, "_test.go"):
			screens = append(screens, screensOf(parsed)...)
		case path != "hostile_test.go": // there they show what others wrote, and no golden file keeps it
			calls(parsed, compared, named)
		}
	}
	if len(screens) < 10 {
		t.Fatalf("only %d screens were found: %v", len(screens), screens)
	}
	for _, name := range screens {
		if !compared[name] && !slices.Contains(notScreens, name) {
			t.Errorf("%s shows a screen that no golden file keeps", name)
		}
	}
	for _, folder := range []string{"testdata", "testdata/colour"} {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if !e.IsDir() && !named[e.Name()] {
				t.Errorf("%s/%s is compared with nothing", folder, e.Name())
			}
		}
	}
}

// screensOf are the exported functions of a file that show something on a face, and return no text for it.
func screensOf(file *ast.File) (names []string) {
	for _, d := range file.Decls {
		f, isFunc := d.(*ast.FuncDecl)
		if !isFunc || f.Recv != nil || !f.Name.IsExported() || len(f.Type.Params.List) == 0 || strings.HasPrefix(f.Name.Name, "New") {
			continue
		}
		first, _ := f.Type.Params.List[0].Type.(*ast.Ident)
		if first != nil && first.Name == "Face" && !returnsText(f) {
			names = append(names, f.Name.Name)
		}
	}
	return names
}

func returnsText(f *ast.FuncDecl) bool {
	if f.Type.Results == nil {
		return false
	}
	first, _ := f.Type.Results.List[0].Type.(*ast.Ident)
	return first == nil || first.Name != "error"
}

// calls notes the functions that a file calls and the texts in it that are files' names.
func calls(file *ast.File, functions, names map[string]bool) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok {
				functions[f.Name] = true
			}
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				names[strings.Trim(n.Value, `"`)] = true
			}
		}
		return true
	})
}
