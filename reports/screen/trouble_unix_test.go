//go:build unix

package screen

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/trouble"
	"kanal-campaign/reports/words"
)

// What the system says of a disk, a path or itself is told with the step that mends it, whatever was being written: room
// on the disk where that is what lacks, and nowhere else.
func TestStepFitsTheSystemsError(t *testing.T) {
	for errno, want := range map[syscall.Errno]trouble.Code{
		syscall.ENOSPC: trouble.Full, syscall.EDQUOT: trouble.Quota, syscall.EFBIG: trouble.TooLarge,
		syscall.EIO: trouble.Broken, syscall.EROFS: trouble.WriteOnce, syscall.EACCES: trouble.Denied,
		syscall.EPERM: trouble.Denied, syscall.ENOENT: trouble.Missing, syscall.ENOTDIR: trouble.NoFolder,
		syscall.ENAMETOOLONG: trouble.BadPath, syscall.ELOOP: trouble.BadPath, syscall.EMFILE: trouble.OpenFiles,
		syscall.ENFILE: trouble.AllFiles, syscall.ENOMEM: trouble.Memory, syscall.ESTALE: trouble.Away,
		syscall.ENXIO: trouble.Away, syscall.ENOLCK: trouble.NoLocks, syscall.EBUSY: trouble.Busy,
	} {
		_, makeRoom := words.English().Trouble(trouble.Full)
		_, step := words.English().Trouble(want)
		step = strings.TrimSuffix(step, ".")
		for _, err := range []error{
			&fs.PathError{Op: "open", Path: "/x/l.db.locks/open", Err: errno},
			fmt.Errorf("outer: %w", &os.LinkError{Op: "rename", Old: "/x/a", New: "/x/b", Err: errno}),
			&os.SyscallError{Syscall: "flock", Err: errno},
		} {
			stopped := SummaryScreen{Session: Session{Ledger: "/x/l.db"}, Summary: campaign.Summary{Err: err,
				Stop: sending.Stop{Code: sending.StopLedger}, Campaign: record.Campaign{Name: "spring"}}}
			var screen bytes.Buffer
			Summary(Plain(&screen), stopped)
			sentence, _ := ErrorSentence(Plain(nil), err)
			for _, text := range []string{
				strings.Join(strings.Fields(screen.String()), " "), ResultsUnwritten(Plain(nil), err, "/x"), sentence,
			} {
				if !strings.Contains(text, step) || errno != syscall.ENOSPC && strings.Contains(text, makeRoom) {
					t.Errorf("%v: %s", errno, text)
				}
			}
		}
	}
}
