package cli_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"kanal-campaign/kanal/sandbox"
)

const listOpen = "list-number-open"

// Somebody who may be on a list is asked about before anything leaves; who is on it for certain, and who is not, is not.
func TestWhoMayBeOnAList(t *testing.T) {
	t.Parallel()
	swiss := "phone,prenom,code\n+41791234567,Urs,A1\n"
	mixed := swiss + "0612345678,Zoé,A2\n"
	for name, c := range map[string]struct {
		people, list string
		flags        []string
		open         bool
		sent         string // where nothing is open
	}{
		"the list's own country":              {people: swiss, list: "phone\n079 123 45 67\n", open: true},
		"without a header":                    {people: swiss, list: "079 123 45 67\n06 12 34 56 78\n", open: true},
		"by its 0 alone":                      {people: swiss, list: "phone\n791234567\n", open: true},
		"written internationally":             {people: mixed, list: "phone\n+41 79 123 45 67\n", sent: "33612345678"},
		"bare with its code":                  {people: mixed, list: "phone\n41791234567\n", open: true},
		"a column of countries":               {people: mixed, list: "phone,pays\n079 123 45 67,Suisse\n", sent: "33612345678"},
		"a column of calling codes":           {people: mixed, list: "indicatif,phone\n'+41,079 123 45 67\n", sent: "33612345678"},
		"a column of another country":         {people: mixed, list: "phone,pays\n079 123 45 67,BE\n", open: true},
		"a column of countries without it":    {people: mixed, list: "phone,pays\n079 123 45 67,\n06 98 76 54 32,FR\n", open: true},
		"a column that says --country":        {people: mixed, list: "phone,pays\n079 123 45 67,FR\n", sent: "33612345678 41791234567"},
		"in the country given":                {people: mixed, list: "phone\n06 12 34 56 78\n", sent: "41791234567"},
		"nobody's anywhere":                   {people: mixed, list: "phone\n06 99 99 99 99\n", sent: "33612345678 41791234567"},
		"the same last digits, another plan":  {people: mixed, list: "phone\n01 23 23 45 67\n", sent: "33612345678 41791234567"},
		"overseas in its national form":       {people: "phone,prenom,code\n+262692123456,Ana,A1\n", list: "phone\n0692 12 34 56\n", open: true},
		"rows without a number":               {people: mixed, list: "phone,email\n,a@example.com\n06 12 34 56 78,b@example.com\n,\n", sent: "41791234567"},
		"a bare number with two readings":     {people: "phone,prenom,code\n+687781234,Wani,A1\n", list: "phone\n33612345678\n33698765432\n687781234\n", open: true},
		"which is said to be international":   {people: "phone,prenom,code\n+687781234,Wani,A1\n+33687781234,Zoé,A2\n", list: "phone\n33612345678\n33698765432\n687781234\n", flags: []string{"--bare-numbers", "international"}, sent: "33687781234"},
		"somebody who is on it for certain":   {people: mixed, list: "phone\n079 123 45 67\n+41791234567\n", sent: "33612345678"},
		"two rows of one person on two lists": {people: swiss + "+41791234567,Urs,A1\n", list: "phone\n079 123 45 67\n079 123 45 67\n", open: true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path, list := w.write("people.csv", c.people), w.write("list.csv", c.list)
			flags := append([]string{"--suppress", list, "--country", "FR"}, c.flags...)
			found, code := w.checkJSON(path, flags...)
			if found.has(listOpen) != c.open || code == 5 != c.open {
				t.Errorf("check ends with %d: %+v", code, found)
			}
			send := w.run(append([]string{"send", path, "--template", "welcome", "--yes", "--rate", "6000"}, flags...)...)
			if c.open {
				send.want(t, 5).says(t, "row 2", "list.csv")
			}
			if got := w.reached(); got != c.sent {
				t.Errorf("%q were reached, want %q\n%s%s", got, c.sent, send.out, send.err)
			}
		})
	}
}

// The case of a Swiss list: without --country its numbers can only be compared, and are told where they are nobody's.
func TestSwissListWithFrenchCountry(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	var paths []string
	for _, name := range []string{"s03_audience.csv", "s03_optout_swiss_national.csv"} {
		content, err := os.ReadFile(filepath.Join("testdata", "cases", name))
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, w.write(name, string(content)))
	}
	for _, flags := range [][]string{{"--country", "FR"}, nil} {
		w.run(append([]string{"send", paths[0], "--template", "welcome", "--yes", "--suppress", paths[1]}, flags...)...).want(t, 5).says(t, "row 2 (+41791234567)").
			tells(t, "problem.list-number-open.heading", "1").tells(t, "list-pair", "2", "\"0791234567\"")
	}
	w.run("send", paths[0], "--template", "welcome", "--yes", "--country", "CH", "--suppress", paths[1]).want(t, 4).says(t, "nobody")
	if got := w.reached(); got != "" {
		t.Fatalf("%s were reached", got)
	}
	other := w.write("other.csv", "phone,prenom,code\n+41791234568,Eva,A1\n")
	if found, code := w.checkJSON(other, "--suppress", paths[1]); code != 0 || !found.has("list-unread") {
		t.Errorf("exit %d: %+v", code, found)
	}
}

// A list that a campaign gets later is asked about as well: by resume, by retry, by an update, and after its ledger was lost.
func TestListThatComesLater(t *testing.T) {
	t.Parallel()
	people := "phone,prenom,code\n0612345678,Zoé,A0\n+41791234567,Urs,A1\n0612345679,Léa,A2\n"
	for name, go_on := range map[string]func(w *world, path, list string) result{
		"resume": func(w *world, _, list string) result {
			return w.run("resume", "spring", "--yes", "--suppress", list)
		},
		"send": func(w *world, path, list string) result { return w.send(path, "--suppress", list) },
		"update": func(w *world, path, list string) result {
			w.write("spring.csv", people+"0612345670,Luc,A3\n")
			return w.run("send", path, "--yes", "--update", "--suppress", list)
		},
		"rebuilt": func(w *world, _, list string) result {
			w.loseLedger()
			return w.rebuild("spring.results.csv", "--suppress", list, "--country", "FR")
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.write("spring.csv", people)
			w.send(path, "--first", "1").want(t, 0)
			list := w.write("list.csv", "phone\n079 123 45 67\n")
			go_on(w, path, list).want(t, 5).says(t, "row 3 (+41791234567)").tells(t, "list-pair", "2")
			if got := w.reached(); got != "33612345678" {
				t.Errorf("%s were reached", got)
			}
		})
	}
}

// A workbook as a list shows its numbers as an audience's does.
func TestListThatIsAWorkbook(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	list := w.numbersBook(shownNumber(791234567, `"+41 "0`), typedNumber("+33-612345678", -612345645),
		func(f *excelize.File, cell string) error { return f.SetCellValue("Sheet1", cell, "") })
	path := w.write("people.csv", "phone,prenom,code\n+41791234567,Urs,A1\n+33612345678,Zoé,A2\n+33612345679,Léa,A3\n")
	w.send(path, "--suppress", list).want(t, 0)
	if got := w.reached(); got != "33612345679" {
		t.Errorf("%s were reached", got)
	}
}
