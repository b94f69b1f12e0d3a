package campaign

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"

	"kanal-campaign/campaign/regular"
)

// anyLine reports whether a line of the file is such.
func anyLine(path string, such func(line []byte) bool) (bool, error) {
	file, err := regular.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	for lines := bufio.NewReader(file); ; {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 && such(line) {
			return true, nil
		}
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
}

// rewriteLines writes a file anew with every line edited, and puts it in the place of the old one.
func rewriteLines(path string, edit func(line []byte) []byte) error {
	draft, err := os.CreateTemp(filepath.Dir(path), ".forget-*.tmp") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name()) // gone when it was put in place
	out := bufio.NewWriter(draft)
	_, err = anyLine(path, func(line []byte) bool {
		_, failed := out.Write(edit(line))
		return failed != nil // the writer keeps it
	})
	if err = errors.Join(err, out.Flush(), draft.Sync(), draft.Close()); err != nil {
		return err
	}
	return os.Rename(draft.Name(), path)
}
