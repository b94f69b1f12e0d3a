// Package regular opens files that people name: regular files, as POSIX calls them. Nothing here waits for a pipe that nobody
// writes into, or reads a device that never ends.
package regular

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// Kind is what a path names instead of a regular file.
type Kind string

// The kinds.
const (
	Folder Kind = "folder"
	Pipe   Kind = "pipe"
	Device Kind = "device"
	Socket Kind = "socket"
	Other  Kind = "other"
)

// Error says that a path names no regular file.
type Error struct {
	Path string
	Kind Kind
}

func (e *Error) Error() string { return fmt.Sprintf("%s is no regular file but a %s", e.Path, e.Kind) }

// TooLongError says that a file holds more than was to be read.
type TooLongError struct {
	Path  string
	Limit int64 // bytes
}

func (e *TooLongError) Error() string {
	return fmt.Sprintf("%s has more than %d bytes", e.Path, e.Limit)
}

// Check returns an *Error if something else than a regular file is at path, and another one for what cannot be looked at.
// What is not there yet can become a file: it returns nil.
func Check(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return judge(path, info)
}

func judge(path string, info fs.FileInfo) error {
	kind := Other
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		kind = Folder
	case mode&fs.ModeNamedPipe != 0:
		kind = Pipe
	case mode&fs.ModeSocket != 0:
		kind = Socket
	case mode&fs.ModeDevice != 0:
		kind = Device
	}
	return &Error{Path: path, Kind: kind}
}

// Open opens a regular file for reading. It returns an *Error for anything else, and waits for nothing.
func Open(path string) (*os.File, error) {
	return open(path, judge)
}

// open judges what is there before it opens it, since to open a device may set it going, and what it has opened.
func open(path string, judge func(string, fs.FileInfo) error) (*os.File, error) {
	info, err := os.Stat(path)
	if err == nil {
		err = judge(path, info)
	}
	if err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if info, err = file.Stat(); err == nil {
		err = judge(path, info)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// ReadSmall reads a file of no more than limit bytes; a longer one is a *TooLongError. A pipe that somebody writes into, as
// a shell makes one of <(command) and of |, is read like a file, and so is the null device; both end at once where nothing
// comes. It ends with ctx.
func ReadSmall(ctx context.Context, path string, limit int64) ([]byte, error) {
	file, err := open(path, judgeSmall)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	defer context.AfterFunc(ctx, func() { file.Close() })() // a read that waits ends
	content, err := io.ReadAll(io.LimitReader(file, limit+1))
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err == nil && int64(len(content)) > limit:
		return nil, &TooLongError{Path: path, Limit: limit}
	}
	return content, err
}

func judgeSmall(path string, info fs.FileInfo) error {
	err := judge(path, info)
	if err == nil || info.Mode()&fs.ModeNamedPipe != 0 {
		return nil
	}
	if null, nullErr := os.Stat(os.DevNull); nullErr == nil && os.SameFile(null, info) {
		return nil
	}
	return err
}
