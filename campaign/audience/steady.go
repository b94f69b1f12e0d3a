package audience

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"

	"kanal-campaign/campaign/regular"
)

// steadyFile is an ordinary file as it was when it was opened. No more of it is read than it held then, however fast it
// grows, and it knows whether it is still the same.
type steadyFile struct {
	*io.SectionReader
	handle *os.File
	path   string
	opened fs.FileInfo
}

// openSteady opens a file that can be read twice: no folder, no pipe.
func openSteady(path string) (*steadyFile, error) {
	handle, err := regular.Open(path)
	var irregular *regular.Error
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, missing(path, err)
	case errors.As(err, &irregular) && irregular.Kind == regular.Folder:
		return nil, &Fault{Code: FileIsFolder, Path: path}
	case errors.As(err, &irregular):
		return nil, &Fault{Code: FileIsStream, Path: path}
	case err != nil:
		return nil, &Fault{Code: FileUnreadable, Path: path, Err: systemError(err)}
	}
	info, err := handle.Stat()
	if err != nil {
		handle.Close()
		return nil, &Fault{Code: FileUnreadable, Path: path, Err: systemError(err)}
	}
	return &steadyFile{io.NewSectionReader(handle, 0, info.Size()), handle, path, info}, nil
}

// missing is the fault of a path under which nothing is found.
func missing(path string, err error) *Fault {
	if path == "-" { // how other programs name their standard input
		return &Fault{Code: FileIsStream, Path: path}
	}
	if target, noLink := os.Readlink(path); noLink == nil {
		return &Fault{Code: FileLinkBroken, Path: path, Names: []string{target}, Err: err}
	}
	return &Fault{Code: FileMissing, Path: path, Err: err}
}

// systemError leaves the path out of an error: the fault has it.
func systemError(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// changed reports whether the file was written to since it was opened, or another one took its place.
func (s *steadyFile) changed() bool {
	now, err := s.handle.Stat()
	if err != nil || now.Size() != s.opened.Size() || !now.ModTime().Equal(s.opened.ModTime()) {
		return true
	}
	named, err := os.Stat(s.path)
	return err != nil || !os.SameFile(s.opened, named)
}

func (s *steadyFile) Close() error { return s.handle.Close() }

// Digest returns what File.SHA256 would, without looking at what the file holds. Its errors are faults of the file.
func Digest(path string) (string, error) {
	file, err := openSteady(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	digest := sha256.New()
	if _, err := io.Copy(digest, file); err != nil {
		return "", &Fault{Code: FileUnreadable, Path: path, Err: systemError(err)}
	}
	if file.changed() {
		return "", &Fault{Code: FileChanged, Path: path}
	}
	return hex.EncodeToString(digest.Sum(nil)), nil
}
