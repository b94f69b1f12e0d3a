package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/regular"
	"kanal-campaign/kanal/sandbox"
)

// forgottenLine stands in a log for a line that named a person who was forgotten.
const forgottenLine = `{"msg":"forgotten"}` + "\n"

// eraseBeside takes people out of what lies beside the ledger: the logs and what the sandbox has accepted. It returns the
// logs of campaigns that are running: those stay.
func (f *forgetting) eraseBeside(ctx context.Context) (running []string, err error) {
	for _, part := range f.screen.Parts {
		if err := f.eraseTruth(part.Campaign.Name); err != nil {
			return nil, err
		}
	}
	for _, t := range f.tests {
		if f.person == "" {
			break // what the sandbox accepted for a campaign goes with it
		}
		used, err := f.whileIdle(ctx, t.Run.Campaign, func() error { return f.eraseTruth(t.Run.Campaign) })
		if err != nil {
			return nil, err
		}
		if path := f.RehearsalTruth(t.Run.Campaign); used && !slices.Contains(running, path) {
			running = append(running, path)
		}
	}
	entries, err := os.ReadDir(f.logFolder())
	if errors.Is(err, fs.ErrNotExist) {
		return running, nil
	}
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		if entry.IsDir() || filepath.Ext(entry.Name()) != ".log" {
			continue
		}
		path := filepath.Join(f.logFolder(), entry.Name())
		used, err := f.eraseLog(ctx, path)
		if err != nil {
			return nil, err
		}
		if used {
			running = append(running, path)
		}
	}
	return running, nil
}

// eraseLog takes people out of one log: a person out of its lines, and with an old campaign the whole log. used tells
// that it would have to be changed and that its campaign is running.
func (f *forgetting) eraseLog(ctx context.Context, path string) (used bool, err error) {
	campaign, err := campaignOfLog(path)
	if err != nil {
		return false, err
	}
	if f.person == "" {
		info, err := os.Stat(path)
		if err != nil || !f.concerned(campaign) && !info.ModTime().Before(f.screen.Before) {
			return false, err
		}
		return f.whileIdle(ctx, campaign, func() error { return os.Remove(path) })
	}
	edit := f.unlogged()
	found, err := anyLine(path, func(line []byte) bool { return !bytes.Equal(edit(line), line) })
	if err != nil || !found {
		return false, err
	}
	return f.whileIdle(ctx, campaign, func() error { return rewriteLines(path, edit) })
}

// unlogged takes the person out of a line of a log. Another person whose number is masked alike loses the mask as well.
func (f *forgetting) unlogged() func(line []byte) []byte {
	var pairs []string
	for _, mask := range f.masks() {
		pairs = append(pairs, `"phone":"`+mask+`"`, `"phone":"…"`)
	}
	unmask := strings.NewReplacer(pairs...)
	return func(line []byte) []byte {
		if f.trace.In(string(line)) {
			return []byte(forgottenLine)
		}
		return []byte(unmask.Replace(string(line)))
	}
}

// whileIdle does the work unless another process is at work on the campaign.
func (f *forgetting) whileIdle(ctx context.Context, campaign string, work func() error) (used bool, err error) {
	if f.held[campaign] != nil || campaign == "" {
		return false, work()
	}
	release, err := f.ledger.Lock(ctx, campaign)
	if running := (*record.RunningError)(nil); errors.As(err, &running) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return false, errors.Join(work(), release())
}

// campaignOfLog reads from a log's first line whose it is; "" when it does not tell.
func campaignOfLog(path string) (string, error) {
	var first struct {
		Campaign string `json:"campaign"`
	}
	_, err := anyLine(path, func(line []byte) bool {
		_ = json.Unmarshal(line, &first) // a line that was torn by a crash tells nothing
		return true
	})
	return first.Campaign, err
}

// eraseTruth takes people out of what the sandbox has accepted for a campaign.
func (f *forgetting) eraseTruth(campaign string) error {
	path := f.RehearsalTruth(campaign)
	if f.person == "" {
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	err := rewriteLines(path, func(line []byte) []byte {
		var a sandbox.Acceptance
		if err := json.Unmarshal(line, &a); err == nil && number.Canonical(a.Number) == f.person || f.trace.In(string(line)) {
			return nil
		}
		return line
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

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
	if _, err := os.Stat(path); err != nil {
		return err
	}
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
