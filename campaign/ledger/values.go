package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// values are the columns of one row of a query, taken from the first to the last. Of queries that give a million rows, each is
// read by its own kind rather than by reflection.
type values struct {
	columns []any
	next    int
	err     error // of the first column that is not what it was taken for
}

// streamValues gives what read makes of each row of a query.
func streamValues[T any](ctx context.Context, db Queryer, read func(*values) T, query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := db.QueryContext(ctx, query, args...)
		if err != nil {
			yield(none, err)
			return
		}
		defer rows.Close()
		names, err := rows.Columns()
		if err != nil {
			yield(none, err)
			return
		}
		v := values{columns: make([]any, len(names))}
		into := make([]any, len(names))
		for i := range into {
			into[i] = &v.columns[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				yield(none, err)
				return
			}
			v.next = 0
			if one := read(&v); v.err != nil {
				yield(none, v.err)
				return
			} else if !yield(one, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, err)
		}
	}
}

func (v *values) take() any {
	v.next++
	return v.columns[v.next-1]
}

func (v *values) fail(stored any, wanted string) {
	if v.err == nil {
		v.err = fmt.Errorf("column %d: %T is no %s", v.next, stored, wanted)
	}
}

// text is a text; nothing is an empty one.
func (v *values) text() string {
	switch stored := v.take().(type) {
	case nil:
	case string:
		return stored
	case []byte:
		return string(stored)
	default:
		v.fail(stored, "text")
	}
	return ""
}

// integer is a number; nothing is 0.
func (v *values) integer() int64 {
	switch stored := v.take().(type) {
	case nil:
	case int64:
		return stored
	case bool:
		if stored {
			return 1
		}
	default:
		v.fail(stored, "number")
	}
	return 0
}

func (v *values) is() bool { return v.integer() != 0 }

// time is a stored time; nothing and 0 are none.
func (v *values) time() time.Time { return fromMillis(v.integer()) }

// id is a stored key, as the scanner id reads it.
func (v *values) id() (key uuid.UUID) {
	_ = id{&key}.Scan(v.take()) // which takes anything
	return key
}

// json reads stored JSON; an empty text changes nothing.
func (v *values) json(into any) {
	if text := v.text(); text != "" {
		if err := json.Unmarshal([]byte(text), into); err != nil && v.err == nil {
			v.err = err
		}
	}
}

// texts reads a stored JSON array of texts; an empty text is none.
func (v *values) texts() (texts []string) {
	text := v.text()
	if text == "" {
		return nil
	}
	if texts, plain := plainTexts(text); plain {
		return texts
	}
	if err := json.Unmarshal([]byte(text), &texts); err != nil && v.err == nil {
		v.err = err
	}
	return texts
}

// plainTexts reads a JSON array of texts without escapes, as textsJSON writes it; false for any other text.
func plainTexts(text string) (texts []string, plain bool) {
	rest, opens := strings.CutPrefix(text, `["`)
	if !opens || strings.IndexByte(text, '\\') >= 0 {
		return nil, false
	}
	texts = make([]string, 0, 1+strings.Count(rest, `","`))
	for {
		end := strings.IndexByte(rest, '"')
		if end < 0 {
			return nil, false
		}
		one := rest[:end]
		for i := range len(one) {
			if one[i] < ' ' {
				return nil, false
			}
		}
		texts = append(texts, one)
		switch rest = rest[end+1:]; {
		case rest == "]":
			return texts, true
		case !strings.HasPrefix(rest, `,"`):
			return nil, false
		}
		rest = rest[2:]
	}
}

// textsJSON is what json.Marshal makes of texts, to the byte: ledgers compare it.
func textsJSON(texts []string) (string, error) {
	size := 2
	for _, text := range texts {
		for i := range len(text) {
			switch c := text[i]; {
			case c < ' ', c == '"', c == '\\', c == '<', c == '>', c == '&', c == 0xe2, c == 0x7f:
				return marshalled(texts)
			}
		}
		size += len(text) + 3
	}
	if texts == nil {
		return "null", nil
	}
	var out strings.Builder
	out.Grow(size)
	out.WriteByte('[')
	for i, text := range texts {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('"')
		out.WriteString(text)
		out.WriteByte('"')
	}
	out.WriteByte(']')
	if !utf8.ValidString(out.String()) {
		return marshalled(texts)
	}
	return out.String(), nil
}

func marshalled(texts []string) (string, error) {
	text, err := json.Marshal(texts)
	return string(text), err
}
