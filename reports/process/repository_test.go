package process

import (
	"go/parser"
	"go/token"
	"io/fs"
	"kanal-campaign/reports/words/wordstest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// root is where the repository lies, seen from here.
const root = "../.."

// forbidden are the imports that would turn the direction around: main, the process, the command line and the page, what they
// show, the campaigns, Kanal. Each pattern is of a whole path, of a package or of one file; the last one that meets an import
// decides.
var forbidden = []struct {
	from, to string
	allowed  bool
}{
	{from: `.*`, to: `reports/.*`},
	{from: `kanal(/.*)?`, to: `campaign(/.*)?`},
	{from: `kanal`, to: `kanal/.*`},
	{from: `campaign/.*`, to: `campaign`},
	{from: `campaign/(message|plan|hours|number|problem|outcome|audience|record)`, to: `campaign/ledger(/.*)?`},
	{from: `campaign(/.*)?`, to: `github.com/spf13/.*|github.com/schollz/.*|github.com/nicksnyder/.*`},
	{from: `reports/.*`, to: `reports/.*`, allowed: true},
	{from: `reports/.*`, to: `campaign/ledger(/.*)?`},
	{from: `reports/cli/ledger\.go`, to: `campaign/ledger/sqlite`, allowed: true}, // which opens it
	{from: `reports/.*`, to: `reports/cli`},
	{from: `reports/words(/.*)?`, to: `reports/.*`},
	{from: `reports/help`, to: `(kanal|campaign|reports)(/.*)?`},
	{from: `reports/screen`, to: `reports/htmlreport|reports/process`},
	{from: `reports/process`, to: `reports/cli`, allowed: true},
	{from: `\.`, to: `reports/process`, allowed: true},
}

// Imports go one way.
func TestDirectionOfImports(t *testing.T) {
	files := 0
	err := fs.WalkDir(os.DirFS(root), ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		files++
		for _, imported := range importsOf(t, file) {
			if isForbidden(file, imported) {
				t.Errorf("%s imports %s", file, imported)
			}
		}
		return nil
	})
	if err != nil || files < 100 {
		t.Fatalf("%d files were looked at: %v", files, err)
	}
}

func isForbidden(file, to string) (is bool) {
	for _, rule := range forbidden {
		from := path.Dir(file)
		if strings.HasSuffix(rule.from, ".go") {
			from = file
		}
		if whole(rule.from).MatchString(from) && whole(rule.to).MatchString(to) {
			is = !rule.allowed
		}
	}
	return is
}

func whole(pattern string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + pattern + `)$`) }

// importsOf are the paths that a file imports, those of the project without its name.
func importsOf(t *testing.T, file string) (paths []string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), path.Join(root, file), nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, strings.TrimPrefix(imported, "kanal-campaign/"))
	}
	return paths
}

// The README's table of dependencies names every module that the program requires itself, and no other.
func TestDependenciesAreExplained(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	modules, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	required, explained := requiredModules(string(modules)), explainedModules(string(readme))
	if len(required) < 10 {
		t.Fatalf("only %d modules were found in go.mod: %v", len(required), required)
	}
	for _, module := range required {
		if !slices.Contains(explained, module) {
			t.Errorf("go.mod requires %s, and the README does not say why", module)
		}
	}
	for _, module := range explained {
		if !slices.Contains(required, module) {
			t.Errorf("the README explains %s, which go.mod does not require", module)
		}
	}
}

func TestFindsDependencies(t *testing.T) {
	const modules = "module m.example/x\n\ngo 1.26\n\nrequire a.example/single v1.0.0\n\nrequire (\n\tb.example/block v1.0.0\n" +
		"\tc.example/indirect v1.0.0 // indirect\n\td.example/noted v1.0.0 // for a reason\n)\n\n" +
		"tool e.example/tool\nreplace f.example/x => ../x\n"
	if got, want := requiredModules(modules), []string{"a.example/single", "b.example/block", "d.example/noted"}; !slices.Equal(got, want) {
		t.Errorf("required: %v, want %v", got, want)
	}
	const readme = "`z.example/prose`\n\n### Dependencies\n| module | for | why |\n|---|---|---|\n| `a.example/one`, " +
		"`b.example/two` | x | like `c.example/no` |\n\n" +
		"## Licence\n| `y.example/other` | x | y |\n"
	if got, want := explainedModules(readme), []string{"a.example/one", "b.example/two"}; !slices.Equal(got, want) {
		t.Errorf("explained: %v, want %v", got, want)
	}
}

// requiredModules lists the modules that a go.mod requires directly.
func requiredModules(modules string) []string {
	var required []string
	block := false
	for line := range strings.Lines(modules) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0 || slices.Contains(fields, "indirect"):
		case fields[0] == ")":
			block = false
		case fields[0] == "require" && fields[1] == "(":
			block = true
		case fields[0] == "require":
			required = append(required, fields[1])
		case block:
			required = append(required, fields[0])
		}
	}
	return required
}

var quotedModule = regexp.MustCompile("`([^`]+)`")

// explainedModules lists the modules in the first column of a README's table of dependencies.
func explainedModules(readme string) []string {
	_, section, _ := strings.Cut(readme, "### Dependencies\n")
	section, _, _ = strings.Cut(section, "\n#")
	var explained []string
	for line := range strings.Lines(section) {
		cells := strings.Split(line, "|")
		if len(cells) < 4 {
			continue
		}
		for _, match := range quotedModule.FindAllStringSubmatch(cells[1], -1) {
			explained = append(explained, match[1])
		}
	}
	return explained
}

// The README's first command, as printed, in a home with nothing in it.
func TestFirstCommand(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	const printed = "go run . send examples/welcome.csv --template welcome --country FR --sandbox"
	if !strings.Contains(string(readme), printed) {
		t.Fatalf("the README does not print %q", printed)
	}
	example, err := os.ReadFile("../../examples/welcome.csv")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "examples"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "examples/welcome.csv"), example, 0o600); err != nil {
		t.Fatal(err)
	}
	command, output := program(t, t.TempDir(), nil, strings.Fields(strings.TrimPrefix(printed, "go run . "))...)
	command.Dir = dir
	began := time.Now()
	if err := command.Run(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	if took := time.Since(began); took < 11*time.Second {
		t.Errorf("12 messages in %s: that is not the real pace", took)
	}
	if !wordstest.Says(t, output.String(), "stop.done.heading", "12") {
		t.Errorf("it printed:\n%s", output)
	}
}
