package plan_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending/sendingtest"
)

// messyFile writes rows of every kind: right ones, ones with faults, repeated and bare numbers, columns that may hold countries
// and consent, ragged rows and notes.
func messyFile(random *rand.Rand, rows int) string {
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	numberOf := func() string {
		n := random.IntN(rows)
		return pick(fmt.Sprintf("06 12 %02d %02d %02d", n/10_000%100, n/100%100, n%100), fmt.Sprintf("+32 47%07d", n), fmt.Sprintf("336123%05d", n),
			fmt.Sprintf("6123%05d", n), fmt.Sprintf("0041 79 %07d", n), fmt.Sprintf("0612345%03d;0698", n%1000), "", "n/a", "O612345678", "0692123456")
	}
	if random.IntN(3) > 0 { // faults are rare
		ordinary := numberOf
		numberOf = func() string {
			if random.IntN(30) == 0 {
				return ordinary()
			}
			return fmt.Sprintf("06 1%d %02d %02d %02d", random.IntN(9), random.IntN(50), random.IntN(100), random.IntN(100))
		}
	}
	country := func() string { return pick("FR", "France", "Belgique", "BE", "", "Suisse", "?", "33") }
	if random.IntN(2) == 0 {
		country = func() string { return pick("Lyon", "Lille", "Nantes", "Belgique") }
	}
	var file strings.Builder
	file.WriteString("phone,prenom,code,pays,optin\n")
	for i := range rows {
		switch random.IntN(300) {
		case 0:
			file.WriteString("a note,,,,\n")
		case 1:
			file.WriteString("0612345678,too,many,cells,oui,here\n")
		case 2:
			file.WriteString("0612345678\n")
		case 3:
			fmt.Fprintf(&file, "%s,%s,C,,oui\n", numberOf(), strings.Repeat("é", 3000*random.IntN(3)))
		default:
			fmt.Fprintf(&file, "%s,%s,C%d,%s,%s\n", numberOf(), pick("Zoé", "Léa", "Luc", "#N/A", "ZoÃ©", "null", " ", "{{x}}", "Éloïse"),
				random.IntN(rows+i), country(), pick("oui", "oui", "non", ""))
		}
	}
	return file.String()
}

// checked is all that a check finds in a file on so many processors, byte by byte.
func checked(t *testing.T, processors int, path string, s record.Settings) string {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
	open := func() (*audience.File, error) { return audience.Open(path, audience.Options{}) }
	file, err := open()
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	m := sendingtest.Welcome(t)
	columns, _ := plan.MapColumns(file.Header(), m, s, nil)
	check := &plan.Check{Message: m, Campaign: "cores", Settings: s, Columns: columns, Header: file.Header(), Open: open}
	var all strings.Builder
	out := json.NewEncoder(&all)
	report, err := check.Run(t.Context(), file.Rows(), func(row plan.Judged) error { return out.Encode(row) })
	if err := errors.Join(err, out.Encode(report)); err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// The same file gives the same rows, problems and report, in the same order, however many processors there are.
func TestEveryNumberOfProcessorsFindsTheSame(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 1))
	for i := range 12 / raced {
		path := filepath.Join(t.TempDir(), "messy.csv")
		if err := os.WriteFile(path, []byte(messyFile(random, 1500+random.IntN(1500))), 0o600); err != nil {
			t.Fatal(err)
		}
		s := record.Settings{Country: []string{"FR", ""}[random.IntN(2)], NumberRules: 2,
			Duplicates: []string{"", record.DuplicatesSkip, record.DuplicatesAllow}[random.IntN(3)]}
		if random.IntN(3) == 0 {
			s.ConsentColumns = []string{"optin"}
		}
		if random.IntN(3) == 0 {
			s.CountryColumn = "pays"
		}
		want := checked(t, 1, path, s)
		for _, processors := range []int{2, 8} {
			if got := checked(t, processors, path, s); got != want {
				t.Errorf("file %d with %+v: %d processors find something else than one: %s", i, s, processors, firstDifference(got, want))
			}
		}
	}
}

func firstDifference(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(as), len(bs)) {
		if as[i] != bs[i] {
			return fmt.Sprintf("row %d:\n%s\n%s", i, as[i], bs[i])
		}
	}
	return fmt.Sprintf("%d and %d rows", len(as), len(bs))
}

// rowsOf are so many rows, and then an error.
func rowsOf(n int, err error) func(func(audience.Row, error) bool) {
	return func(yield func(audience.Row, error) bool) {
		for i := range n {
			row := audience.Row{Number: i + 2, Width: 3, Cells: []string{fmt.Sprintf("06 12 %02d %02d %02d", i/10_000%100, i/100%100, i%100), "Zoé", "A1"}}
			if !yield(row, nil) {
				return
			}
		}
		if err != nil {
			yield(audience.Row{}, err)
		}
	}
}

// A check ends at the first error, whoever has it, with every row before it handed on and nothing left running: synctest fails
// the test if a goroutine outlives the bubble.
func TestACheckEndsAtTheFirstError(t *testing.T) {
	broken := errors.New("broken")
	header := []string{"phone", "prenom", "code"}
	m := sendingtest.Welcome(t)
	columns, _ := plan.MapColumns(header, m, record.Settings{}, nil)
	for _, n := range []int{0, 1, 255, 256, 257, 5000} {
		for _, at := range []string{"rows", "sink", "context"} {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				rows, want := rowsOf(n, broken), broken
				if at != "rows" {
					rows = rowsOf(1<<40, nil)
				}
				if at == "context" {
					want = context.Canceled
				}
				seen := 0
				check := &plan.Check{Message: m, Settings: record.Settings{Country: "FR"}, Columns: columns, Header: header}
				report, err := check.Run(ctx, rows, func(row plan.Judged) error {
					if row.Number != seen+2 {
						t.Fatalf("row %d comes as number %d", row.Number, seen)
					}
					seen++
					switch {
					case at == "sink" && seen > n:
						return io.ErrShortWrite
					case at == "context" && seen > n:
						cancel()
					}
					return nil
				})
				if at == "sink" {
					want = io.ErrShortWrite
				}
				if at != "rows" && seen != n+1 || at == "rows" && seen != n || report != nil || !errors.Is(err, want) {
					t.Errorf("%s after %d: %d rows, %v", at, n, seen, err)
				}
			})
		}
	}
}
