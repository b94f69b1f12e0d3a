package record

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// draft is a file being written beside the place that it is meant for. Nobody sees it until it is put there, complete.
type draft struct {
	file    *os.File
	release func() error // of the knowledge that it is being written
	// rename is os.Rename, or a test's spreadsheet that holds the file locked.
	rename func(from, to string) error
}

// newDraft creates a draft of one of the campaign's files in dir, readable by its owner only. It removes those that
// dead processes have left there. The caller drops the draft in the end.
func newDraft(ctx context.Context, drafts Drafts, campaign, dir string) (*draft, error) {
	mark, release, err := drafts.Drafting(ctx, campaign, func(mark string) { sweep(dir, draftName(mark)) })
	if err != nil {
		return nil, err
	}
	file, err := os.CreateTemp(dir, draftName(mark)+"*.tmp") // 0600
	if err != nil {
		return nil, errors.Join(err, release())
	}
	return &draft{file: file, release: release, rename: os.Rename}, nil
}

// draftName is how the names of a campaign's drafts begin.
func draftName(mark string) string { return ".kanal-" + mark + "-" }

// IsDraft reports whether a file is called as drafts are: one that people do not know.
func IsDraft(path string) bool {
	drafted, _ := filepath.Match(draftName("*")+"*", filepath.Base(path))
	return drafted
}

// sweep removes drafts, as far as it can: one that stays is in nobody's way.
func sweep(dir, prefix string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if name := entry.Name(); strings.HasPrefix(name, prefix) && strings.HasSuffix(name, ".tmp") {
			_ = os.Remove(filepath.Join(dir, name))
		}
	}
}

// Writable fails when no file of the campaign can be written into dir.
func Writable(ctx context.Context, drafts Drafts, campaign, dir string) error {
	d, err := newDraft(ctx, drafts, campaign, dir)
	if err == nil {
		d.drop()
	}
	return err
}

// restart empties the draft, to be written anew.
func (d *draft) restart() error {
	if _, err := d.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return d.file.Truncate(0)
}

// seal makes sure that everything written is on the disk. Nothing can be written afterwards.
func (d *draft) seal() error {
	if err := d.file.Sync(); err != nil {
		return err
	}
	return d.file.Close()
}

// placeAt puts the sealed draft at path, in place of what is there. On an error the draft stays as it was.
func (d *draft) placeAt(path string) error {
	if err := d.rename(d.file.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// place puts the sealed draft at the first name that it may take: where there is nothing, or a file that isOurs takes. A
// file that another program holds is left. The draft stays as it was on an error.
func (d *draft) place(wanted string, isOurs func(path string) (bool, error)) (File, error) {
	file := File{Wanted: wanted}
	for n := 1; n <= mostNumbers; n++ {
		file.Path = numbered(wanted, n)
		ours, err := isOurs(file.Path)
		if err == nil && !ours {
			file.Foreign = true
			continue
		}
		if err == nil {
			err = d.placeAt(file.Path)
		}
		if err == nil {
			return file, nil
		}
		if !isLocked(err) {
			return File{}, err
		}
		file.Locked = true
	}
	return File{}, fmt.Errorf("%s and %d more names are taken", filepath.Base(wanted), mostNumbers-1)
}

// drop removes the draft. After placeAt there is nothing left to remove.
func (d *draft) drop() {
	d.file.Close()
	os.Remove(d.file.Name())
	_ = d.release() // as the end of the process does
}

// syncFolder makes a rename durable. Windows has no such call, and needs none.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := folder.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) { // some network drives cannot
		return err
	}
	return nil
}

// isLocked reports whether another program, a spreadsheet most often, holds the file.
func isLocked(err error) bool {
	const sharingViolation, lockViolation = syscall.Errno(32), syscall.Errno(33)
	var code syscall.Errno
	if runtime.GOOS == "windows" && errors.As(err, &code) && (code == sharingViolation || code == lockViolation) {
		return true
	}
	return errors.Is(err, fs.ErrPermission)
}
