//go:build (linux || darwin) && !race

// Under the race detector memory is not the program's own.

package process

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"kanal-campaign/kanal"
	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
)

// mostMemory is what the program may take, in MiB, whatever it is given.
const mostMemory = 160

// stream makes an audience by writing to it.
func stream(t *testing.T, write func(w io.Writer)) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "large.csv")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	buffered := bufio.NewWriterSize(file, 1<<20)
	write(buffered)
	if err := buffered.Flush(); err != nil {
		t.Fatal(err)
	}
	return path
}

// repeat writes a text n times.
func repeat(w io.Writer, text string, n int) {
	for range n {
		io.WriteString(w, text)
	}
}

// bounded runs the program, and fails the test where it takes too much memory, ends otherwise, or does not say why.
func bounded(t *testing.T, env, args []string, code int, says ...string) {
	t.Helper()
	command, output := program(t, t.TempDir(), env, args...)
	_ = command.Run() // the code tells
	usage := command.ProcessState.SysUsage().(*syscall.Rusage)
	unit := int64(1 << 10) // Linux counts KiB, macOS bytes
	if runtime.GOOS == "darwin" {
		unit = 1 << 20
	}
	used := int64(usage.Maxrss) / unit
	t.Logf("%d MiB", used)
	if used > mostMemory {
		t.Errorf("it took %d MiB", used)
	}
	text := strings.Join(strings.Fields(output.String()), " ")
	if got := command.ProcessState.ExitCode(); got != code {
		t.Fatalf("it ended with %d, want %d: %.2000s", got, code, text)
	}
	for _, wanted := range says {
		if !strings.Contains(text, wanted) {
			t.Errorf("it does not say %q: %.2000s", wanted, text)
		}
	}
}

// A file may be of any size and shape: what is too large is refused by its place and the limit, and memory stays small.
func TestLargeFiles(t *testing.T) {
	t.Parallel()
	_, env := countingKanal(t, sandbox.Options{}, nil)
	const header, row = "phone,prenom,code\n", "0612345678,Zoe,P1\n"
	for name, test := range map[string]struct {
		write func(w io.Writer)
		code  int
		says  []string
	}{
		"a cell over a megabyte": {func(w io.Writer) {
			io.WriteString(w, header+row+"0612345679,")
			repeat(w, strings.Repeat("x", 1<<10), 1<<10)
		}, 4, []string{"starts at line 3", "1,048,576 bytes"}},
		"a quote that is never closed": {func(w io.Writer) {
			io.WriteString(w, header+row+"0612345679,\"Zoe,P2\n")
			repeat(w, row, 70_000)
		}, 4, []string{"starts at line 3", "1,048,576 bytes", "quotation mark"}},
		"no line break at all": {func(w io.Writer) { repeat(w, strings.Repeat("x", 1<<10), 2<<10) }, 4,
			[]string{"starts at line 1", "1,048,576 bytes"}},
		"a wide header": {func(w io.Writer) {
			for i := range 2001 {
				fmt.Fprintf(w, "c%d,", i)
			}
			io.WriteString(w, "\n"+row)
		}, 4, []string{"2,001 columns", "at most 2,000"}},
		"a header over a megabyte": {func(w io.Writer) {
			for i := range 200_000 {
				fmt.Fprintf(w, "c%d,", i)
			}
		}, 4, []string{"starts at line 1", "1,048,576 bytes"}},
		"rows of a million cells": {func(w io.Writer) {
			io.WriteString(w, header+row)
			repeat(w, strings.Repeat(",", 1_000_000)+"x\n", 20)
		}, 4, []string{"Row 3 has 1,000,001 cells", "at most 2,000"}},
		"millions of empty columns": {func(w io.Writer) {
			io.WriteString(w, header+row)
			io.WriteString(w, strings.Repeat(",", 1_000_000)+"\n0612345679,Zoe,P2\n")
		}, 0, []string{"2 rows"}},
		"blank lines": {func(w io.Writer) {
			io.WriteString(w, header)
			repeat(w, "\n\n\n\n", 500_000)
			io.WriteString(w, "0612,Zoe,P1\n"+row)
		}, 4, []string{"row 2000002 A"}},
		"NULs": {func(w io.Writer) {
			io.WriteString(w, header)
			repeat(w, row, 10_000)
			repeat(w, strings.Repeat("\x00", 1<<10), 1<<10)
		}, 4, []string{"not text (line 10,002)"}},
	} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			bounded(t, env, []string{"check", stream(t, test.write), "--template", "welcome", "--country", "FR"}, test.code, test.says...)
		})
	}
}

// A gigabyte that nobody has written is no text.
func TestSparseGigabyte(t *testing.T) {
	t.Parallel()
	_, env := countingKanal(t, sandbox.Options{}, nil)
	path := stream(t, func(io.Writer) {})
	if err := os.Truncate(path, 1<<30); err != nil {
		t.Fatal(err)
	}
	bounded(t, env, []string{"check", path, "--template", "welcome"}, 4, "not text")
}

// Rows of a megabyte each go through the ledger, and into the results, a few at a time.
func TestLargeRowsAreSentInBoundedMemory(t *testing.T) {
	t.Parallel()
	kanal, env := countingKanal(t, sandbox.Options{}, nil)
	path := stream(t, func(w io.Writer) {
		io.WriteString(w, "phone,prenom,code,note\n")
		for i := range 60 {
			fmt.Fprintf(w, "06123456%02d,Zoe,P%d,", i, i)
			repeat(w, strings.Repeat("n", 1000), 1000)
			io.WriteString(w, "\n")
		}
	})
	bounded(t, env, []string{"send", path, "--template", "welcome", "--country", "FR", "--yes", "--first", "1", "--rate", "6000"}, 0)
	if n := len(kanal.Accepted()); n != 1 {
		t.Errorf("%d accepted", n)
	}
	info, err := os.Stat(strings.TrimSuffix(path, ".csv") + ".results.csv")
	if err != nil || info.Size() < 60*1_000_000 {
		t.Errorf("the results: %v, %v", info, err)
	}
}

// A template may hold anything, too.
func TestLargeTemplates(t *testing.T) {
	t.Parallel()
	path := audience(t, 1)
	for name, test := range map[string]struct {
		structure string
		doubt     kanal.TemplateDoubt
	}{
		"text":   {`{"body":"{{prenom}}` + strings.Repeat("x", 1<<20) + `"}`, kanal.TemplateDoubt{Code: kanal.DoubtStructureTooLong}},
		"depth":  {`{"body":` + strings.Repeat("[", 65) + strings.Repeat("]", 65) + `}`, kanal.TemplateDoubt{Code: kanal.DoubtStructureTooDeep}},
		"abysm":  {strings.Repeat(`{"body":`, 1000) + strings.Repeat("[", 7000), kanal.TemplateDoubt{Code: kanal.DoubtStructureTooDeep}},
		"doubts": {`{"body":"{{prenom}}"` + strings.Repeat(`,"x{{y}}":["{{z}}"]`, 3000) + `}`, kanal.TemplateDoubt{Code: kanal.DoubtPartUnknown, Name: "x{{y}}"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, env := countingKanal(t, sandbox.Options{Templates: []sandbox.Template{
				{ID: 5, PhoneNumberID: 56, Name: "large", Status: "APPROVED", Structure: test.structure}}}, nil)
			says := words.English().TemplateDoubt(test.doubt)
			bounded(t, env, []string{"check", path, "--template", "large", "--country", "FR"}, 4, says)
			bounded(t, env, []string{"templates"}, 0, "large")
			bounded(t, env, []string{"templates", "large"}, 0, says)
		})
	}
}

// What is small by its nature is read from nothing that does not end.
func TestEndlessFiles(t *testing.T) {
	t.Parallel()
	_, env := countingKanal(t, sandbox.Options{}, nil)
	path := audience(t, 1)
	bounded(t, env, []string{"check", path, "--country", "FR", "--type", "text", "--text-file", "/dev/zero"}, 1, "it is a device")
	bounded(t, env, []string{"templates", "--api-key-file", "/dev/zero"}, 1, "it is a device")
	bounded(t, env, []string{"check", "/dev/zero", "--template", "welcome"}, 1, "ordinary file")
}

// A workbook is streamed: its rows, each with texts of its own in the table of texts, fit like those of any other file.
func TestLargeWorkbook(t *testing.T) {
	t.Parallel()
	const rows = 25_000
	_, env := countingKanal(t, sandbox.Options{}, nil)
	path := filepath.Join(t.TempDir(), "large.xlsx")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	archive := zip.NewWriter(file)
	const relations = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	for _, part := range []struct {
		name  string
		write func(w io.Writer)
	}{
		{"[Content_Types].xml", func(w io.Writer) { io.WriteString(w, "<Types/>") }},
		{"xl/workbook.xml", func(w io.Writer) {
			io.WriteString(w, `<workbook xmlns:r="x"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`)
		}},
		{"xl/_rels/workbook.xml.rels", func(w io.Writer) {
			fmt.Fprintf(w, `<Relationships><Relationship Id="r1" Type="%sworksheet" Target="s.xml"/>`+
				`<Relationship Id="r2" Type="%[1]ssharedStrings" Target="t.xml"/></Relationships>`, relations)
		}},
		{"xl/t.xml", func(w io.Writer) {
			io.WriteString(w, "<sst><si><t>phone</t></si><si><t>prenom</t></si><si><t>code</t></si>")
			for i := range rows {
				fmt.Fprintf(w, "<si><t>Zoe %d</t></si><si><t>P%05d</t></si>", i, i)
			}
			io.WriteString(w, "</sst>")
		}},
		{"xl/s.xml", func(w io.Writer) {
			io.WriteString(w, `<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>`)
			for i := range rows {
				fmt.Fprintf(w, `<row><c><v>%d</v></c><c t="s"><v>%d</v></c><c t="s"><v>%d</v></c></row>`, 33612000000+i, 3+2*i, 4+2*i)
			}
			io.WriteString(w, `</sheetData></worksheet>`)
		}},
	} {
		w, err := archive.Create(part.name)
		if err != nil {
			t.Fatal(err)
		}
		buffered := bufio.NewWriterSize(w, 1<<20)
		part.write(buffered)
		if err := buffered.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	bounded(t, env, []string{"check", path, "--template", "welcome"}, 0, "25,000 rows", "25,000 people: France")
}
