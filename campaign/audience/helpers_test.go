package audience_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"kanal-campaign/campaign/audience"
)

// readAll reads a text to its end.
func readAll(t testing.TB, text string, opts audience.Options) (*audience.File, []audience.Row, error) {
	t.Helper()
	f, err := audience.Read(strings.NewReader(text), opts)
	if err != nil {
		return nil, nil, err
	}
	var rows []audience.Row
	for row, err := range f.Rows() {
		if err != nil {
			return f, rows, err
		}
		rows = append(rows, row)
	}
	return f, rows, nil
}

// write writes records in a dialect.
func write(t testing.TB, d audience.Dialect, records ...[]string) string {
	t.Helper()
	text, err := tryWrite(d, records)
	if err != nil {
		t.Fatalf("write %q: %v", records, err)
	}
	return text
}

func tryWrite(d audience.Dialect, records [][]string) (string, error) {
	var out bytes.Buffer
	w := audience.NewWriter(&out, d)
	for _, record := range records {
		if err := w.Write(record); err != nil {
			return "", err
		}
	}
	w.Flush()
	return out.String(), w.Error()
}

// faultOf gives the fault in an error; the test fails if it is none.
func faultOf(t testing.TB, err error) *audience.Fault {
	t.Helper()
	var fault *audience.Fault
	if !errors.As(err, &fault) {
		t.Fatalf("%v (%T) is not a *Fault", err, err)
	}
	return fault
}

func numbers(rows []audience.Row) []int {
	var n []int
	for _, row := range rows {
		n = append(n, row.Number)
	}
	return n
}

// randomly is where the randomness of a test comes from: KANAL_CAMPAIGN_SEED, to see a failure again.
func randomly(t *testing.T) *rand.Rand {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv("KANAL_CAMPAIGN_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("KANAL_CAMPAIGN_SEED=%d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}
