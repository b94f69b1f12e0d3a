package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"time"

	"github.com/google/uuid"
)

// scanner reads the columns of a row that a query gives.
type scanner func(into ...any) error

// stream gives what read makes of each row of a query.
func stream[T any](ctx context.Context, db Queryer, read func(scanner) (T, error), query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := db.QueryContext(ctx, query, args...)
		if err != nil {
			yield(none, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			one, err := read(rows.Scan)
			if !yield(one, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, err)
		}
	}
}

// list is stream for few rows.
func list[T any](ctx context.Context, db Queryer, read func(scanner) (T, error), query string, args ...any) (found []T, err error) {
	for one, err := range stream(ctx, db, read, query, args...) {
		if err != nil {
			return nil, err
		}
		found = append(found, one)
	}
	return found, nil
}

// single reads a query's only column.
func single[T any](scan scanner) (value T, err error) {
	err = scan(&value)
	return value, err
}

// two are the columns of a query that has two.
type two[A, B any] struct {
	a A
	b B
}

func both[A, B any](scan scanner) (t two[A, B], err error) {
	err = scan(&t.a, &t.b)
	return t, err
}

// table reads a query of two columns, by the first one.
func table[K comparable, V any](ctx context.Context, db Queryer, query string, args ...any) (map[K]V, error) {
	found := map[K]V{}
	for row, err := range stream(ctx, db, both[K, V], query, args...) {
		if err != nil {
			return nil, err
		}
		found[row.a] = row.b
	}
	return found, nil
}

// when reads a stored time; nothing and 0 are none.
type when struct{ into *time.Time }

func (w when) Scan(stored any) error {
	switch ms := stored.(type) {
	case nil:
		*w.into = time.Time{}
	case int64:
		*w.into = fromMillis(ms)
	default:
		return fmt.Errorf("%T is no time", stored)
	}
	return nil
}

// id reads a stored key or content id. One that is none, because somebody has damaged it, is read as far as it goes: verify names
// its row, which nothing else may fail on.
type id struct{ into *uuid.UUID }

func (i id) Scan(stored any) error {
	*i.into = uuid.UUID{}
	switch stored := stored.(type) {
	case nil:
	case []byte:
		copy(i.into[:], stored)
	default:
		copy(i.into[:], fmt.Append(nil, stored))
	}
	return nil
}

// decoded reads stored JSON; an empty text changes nothing.
type decoded struct{ into any }

func (d decoded) Scan(stored any) error {
	var text []byte
	switch stored := stored.(type) {
	case string:
		text = []byte(stored)
	case []byte:
		text = stored
	}
	if len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, d.into)
}
