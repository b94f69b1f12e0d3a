package record_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kanal-campaign/campaign/record"
)

func TestStarter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "starter.csv")
	var out bytes.Buffer
	if err := record.WriteStarter(&out, []string{"phone", "=name"}, []string{"+33612345678", "example 1"}, ';'); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	header, rows, dialect := rowsOf(t, path)
	if !slices.Equal(header, []string{"phone", "'=name"}) || len(rows) != 1 || rows[0]["phone"] != "+33612345678" || dialect.Delimiter != ';' {
		t.Errorf("%q, %q, %+v", header, rows, dialect)
	}
}
