package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// unsure are cells with a fix that is not certain, and what it makes of them.
var unsure = []struct{ column, before, after string }{
	{"A", "O612345601", "+33612345601"},
	{"A", "06 12 34 56 02 poste 12", "+33612345602"},
	{"A", "0692123456", "+262692123456"},
	{"A", "06.12.34.56.O3", "+33612345603"},
	{"A", "Zoé 0612345604", "+33612345604"},
	{"B", "JÃ©rôme", "Jérôme"},
}

// fileOfProposals has one of them in each row from row 2 on, and rows that need none.
func fileOfProposals(fixed bool) string {
	var b strings.Builder
	b.WriteString("phone,prenom,code\n")
	for _, p := range unsure {
		phone, prenom, cell := "0698765432", "Zoé", p.before
		if fixed {
			cell = p.after
		}
		if p.column == "A" {
			phone = cell
		} else {
			prenom = cell
		}
		b.WriteString(phone + "," + prenom + ",A\n")
	}
	return b.String() + strings.TrimPrefix(people(9), "phone,prenom,code\n")
}

// What is proposed is taken where that is asked for, and each of it is told, before and after; what was not taken is proposed as a whole
// command, and that nothing was written is said last but for that.
func TestFixAcceptsProposals(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	t.Chdir(w.dir)
	w.write("a.csv", fileOfProposals(false))
	got := w.run("check", "a.csv", "--template", "welcome", "--country", "FR", "--fix", "-o", "clean.csv").want(t, 4).tells(t, "fixes-none").
		tells(t, "fixes-proposed", "6")
	if _, err := os.Stat("clean.csv"); !os.IsNotExist(err) {
		t.Error("a file was written")
	}
	if none := strings.Index(got.out, "no file was"); none < strings.Index(got.out, "a.problems.csv") {
		t.Errorf("that nothing was written is not said last:\n%s", got.out)
	}
	all := proposedCommands(t, got.out)
	got = w.run(all[len(all)-1]...).want(t, 0).tells(t, "fixes-written", "6", "a.csv").tells(t, "fixes-accepted", "6")
	for _, p := range unsure {
		got.says(t, p.before+" ", "-> "+p.after)
	}
	if clean := w.read("clean.csv"); clean != fileOfProposals(true) {
		t.Errorf("%q", clean)
	}
	if w.read("a.csv") != fileOfProposals(false) {
		t.Error("the file itself was changed")
	}
	w.run("check", "a.csv", "--template", "welcome", "--accept-proposed").want(t, 2).tells(t, "check-accepted-without-fix")
}

// Programs read every proposal that was taken, however many, and how many were not.
func TestFixTellsProgramsOfProposals(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	var b strings.Builder
	b.WriteString("phone,prenom,code\n")
	for i := range 30 {
		fmt.Fprintf(&b, "06123456%02d poste 1,\"Zoé \n Léa\",A\n", i)
	}
	path := w.write("a.csv", b.String())
	type fixed struct {
		File            string
		Cells, Proposed int
		First, Accepted []struct {
			Row           int
			Before, After string
			Proposed      bool
		}
	}
	for flags, want := range map[string]fixed{"": {Cells: 30, Proposed: 30}, "--accept-proposed": {Cells: 60}} {
		args := []string{"check", path, "--template", "welcome", "--country", "FR", "--fix", "--format", "json", "-o", filepath.Join(w.dir, "b"+flags+".csv")}
		if flags != "" {
			args = append(args, flags)
		}
		got := w.run(args...)
		var found struct{ Fixed fixed }
		if err := json.Unmarshal([]byte(got.out), &found); err != nil {
			t.Fatal(err, got.err)
		}
		f := found.Fixed
		if f.Cells != want.Cells || f.Proposed != want.Proposed || len(f.First) != 10 || len(f.Accepted) != want.Cells-30 {
			t.Errorf("%q: %d cells, %d proposed, %d first, %d accepted", flags, f.Cells, f.Proposed, len(f.First), len(f.Accepted))
		}
		for _, m := range f.Accepted {
			if !m.Proposed || !strings.HasPrefix(m.After, "+336123456") {
				t.Errorf("%+v", m)
			}
		}
	}
}

// What problems.csv proposes for a cell can be pasted into it: then the file is as good as one that was fixed.
func TestProposedFixesCanBePastedBack(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	long := strings.Repeat("très long ", 60)
	path := w.write("a.csv", fileOfProposals(false)+"0612340099,"+"ZoÃ©; "+long+",A\n0612340098,\"ZoÃ©;-20%\",A\n*0612345699,Max,A\n")
	w.run("check", path, "--template", "welcome", "--country", "FR").want(t, 4)
	content, pasted := w.read("a.csv"), 0
	for _, row := range w.records("a.problems.csv")[1:] {
		before, fix := row[3], row[5]
		if fix == "" || row[1] == "" || strings.HasSuffix(before, "…") {
			continue
		}
		if strings.Contains(fix, "…") {
			t.Errorf("%q is cut", fix)
		}
		if strings.Contains(fix, "'-") {
			t.Errorf("%q would be pasted with what stands before the sign", fix)
		}
		if strings.Count(content, before) == 1 && !strings.HasSuffix(fix, ".") {
			content, pasted = strings.Replace(content, before, fix, 1), pasted+1
		}
	}
	if pasted != len(unsure)+1 { // and the one that is certain
		t.Errorf("%d were pasted", pasted)
	}
	w.run("check", w.write("b.csv", content), "--template", "welcome", "--country", "FR", "--campaign", "b").want(t, 0)
	w.send(filepath.Join(w.dir, "b.csv")).want(t, 0)
	w.acceptedFor("33612345601")
	w.acceptedFor("262692123456")
}
