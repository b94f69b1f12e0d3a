package sqlite

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"os"

	"kanal-campaign/campaign/regular"
	"kanal-campaign/campaign/trouble"
)

// errLogDamaged is about commits that SQLite would drop without a word: it reads the log up to the first frame that is
// not whole, for a crash leaves such a frame at the log's end.
var errLogDamaged = errors.New("its write-ahead log is damaged before its end")

const (
	walHeaderSize   = 32
	frameHeaderSize = 24
)

// verifyLog returns a *trouble.DamagedError when commits stand behind a frame of the write-ahead log that is not whole. After a
// crash there is one at the most: each is on the disk before the next one is begun.
func verifyLog(path string) error {
	file, err := regular.Open(path + "-wal")
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || info.Size() <= walHeaderSize+frameHeaderSize {
		return err
	}
	log := &walReader{file: file}
	whole, err := log.readHeader()
	if err != nil {
		return err
	}
	damaged, err := log.readFrames(whole)
	if err == nil && damaged {
		return &trouble.DamagedError{Path: path, Err: errLogDamaged}
	}
	return err
}

// walReader reads a write-ahead log as https://sqlite.org/fileformat2.html#walformat describes it.
type walReader struct {
	file     *os.File
	header   [walHeaderSize]byte
	order    binary.ByteOrder // of the checksums
	salt     [8]byte          // of this use of the file
	pageSize int
	sum      [2]uint32 // over everything that was whole so far
}

// readHeader reports whether the header is whole. Where it is not, it takes from the second frame what it should say.
func (w *walReader) readHeader() (whole bool, err error) {
	if _, err := w.file.ReadAt(w.header[:], 0); err != nil {
		return false, err
	}
	w.order = binary.LittleEndian
	if w.header[3]&1 == 1 {
		w.order = binary.BigEndian
	}
	w.salt = [8]byte(w.header[16:24])
	w.pageSize = int(binary.BigEndian.Uint32(w.header[8:]))
	w.sum = w.checksum([2]uint32{}, w.header[:24])
	const magic = 0x377f0682 // or one more
	if binary.BigEndian.Uint32(w.header[:])&^1 == magic && w.sum == stored(w.header[24:]) {
		return true, nil
	}
	w.pageSize = 4096
	return false, w.guessSalt()
}

// guessSalt takes the salt of the second frame, or behind a hole of the first one that has any.
func (w *walReader) guessSalt() error {
	size := int64(frameHeaderSize + w.pageSize)
	for at := walHeaderSize + size; ; at += size {
		_, err := w.file.ReadAt(w.salt[:], at+8)
		if err != nil || w.salt != [8]byte{} {
			return ignoreEOF(err)
		}
	}
}

// readFrames reports whether more commits than one stand behind the first frame that is not whole.
func (w *walReader) readFrames(whole bool) (damaged bool, err error) {
	frames := bufio.NewReaderSize(io.NewSectionReader(w.file, walHeaderSize, 1<<62), 1<<20)
	frame := make([]byte, frameHeaderSize+w.pageSize)
	for at, commits := int64(walHeaderSize), 0; ; at += int64(len(frame)) {
		if _, err := io.ReadFull(frames, frame); err != nil {
			return false, ignoreEOF(err)
		}
		if whole && !w.take(frame) { // unless another process was just writing it
			if _, err := w.file.ReadAt(frame, at); err != nil {
				return false, ignoreEOF(err)
			}
			whole = w.take(frame)
		}
		if !whole && w.ofThisLog(frame) && binary.BigEndian.Uint32(frame[4:]) != 0 {
			commits++
		}
		if commits > 1 {
			return w.still()
		}
	}
}

// take adds a frame to the checksum, if it is whole.
func (w *walReader) take(frame []byte) bool {
	sum := w.checksum(w.checksum(w.sum, frame[:8]), frame[frameHeaderSize:])
	if !w.ofThisLog(frame) || sum != stored(frame[16:]) {
		return false
	}
	w.sum = sum
	return true
}

// ofThisLog tells a frame from those of earlier uses of the file, by its salt.
func (w *walReader) ofThisLog(frame []byte) bool { return [8]byte(frame[8:16]) == w.salt }

// still reports whether the log is the one that was read, and not begun anew by another process meanwhile.
func (w *walReader) still() (bool, error) {
	var now [walHeaderSize]byte
	_, err := w.file.ReadAt(now[:], 0)
	return now == w.header, err
}

func (w *walReader) checksum(sum [2]uint32, content []byte) [2]uint32 {
	for ; len(content) >= 8; content = content[8:] {
		sum[0] += w.order.Uint32(content) + sum[1]
		sum[1] += w.order.Uint32(content[4:]) + sum[0]
	}
	return sum
}

func stored(checksum []byte) [2]uint32 {
	return [2]uint32{binary.BigEndian.Uint32(checksum), binary.BigEndian.Uint32(checksum[4:])}
}

func ignoreEOF(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return nil
	}
	return err
}
