package cli_test

import (
	"database/sql"
	"testing"
)

// exec changes a ledger behind the program's back.
func exec(t *testing.T, path, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
}

// query reads one value out of a ledger.
func query(t *testing.T, path, statement string, into any) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(statement).Scan(into); err != nil {
		t.Fatal(err)
	}
}
