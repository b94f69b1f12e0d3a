package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// parseLines reads a file with one record of JSON a line, and returns how many bytes the whole lines take. kind is its name in
// errors.
func parseLines[T any](content []byte, kind string) (records []T, whole int64, err error) {
	number := 0
	for line := range bytes.Lines(content) {
		number++
		if !bytes.HasSuffix(line, []byte("\n")) {
			break
		}
		whole += int64(len(line))
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var record T
		if err := json.Unmarshal(line, &record); err != nil {
			return nil, 0, fmt.Errorf("%s, line %d: %w", kind, number, err)
		}
		records = append(records, record)
	}
	return records, whole, nil
}

// openLines opens such a file at its end, creating it if need be, with a torn
// last line cut off. Every line of its kind begins with prefix.
func openLines[T any](path, kind, prefix string) (*os.File, []T, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, nil, err
	}
	records, err := resumeLines[T](file, kind, prefix)
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return file, records, nil
}

func resumeLines[T any](file *os.File, kind, prefix string) ([]T, error) {
	content, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	records, whole, err := parseLines[T](content, kind)
	if err != nil {
		return nil, err
	}
	for _, line := range [][]byte{content, content[whole:]} { // the first one, and the torn one
		n := min(len(line), len(prefix))
		if string(line[:n]) != prefix[:n] {
			return nil, fmt.Errorf("%s is no %s: it is left as it was", file.Name(), kind)
		}
	}
	if err := file.Truncate(whole); err != nil {
		return nil, err
	}
	_, err = file.Seek(whole, io.SeekStart)
	return records, err
}

// appendLine writes one record in one write.
func appendLine(w io.Writer, record any) error {
	line, err := json.Marshal(record)
	if err != nil {
		return err
	}
	_, err = w.Write(append(line, '\n'))
	return err
}

// appendDurably also makes sure that the record is on its way to the disk.
func appendDurably(w io.Writer, record any) error {
	if err := appendLine(w, record); err != nil {
		return err
	}
	switch w := w.(type) {
	case interface{ Sync() error }:
		return w.Sync()
	case interface{ Flush() error }:
		return w.Flush()
	}
	return nil
}
