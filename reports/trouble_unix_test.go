//go:build unix

package reports

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
)

// What the system says of a disk, a path or itself is told with the step that mends it, whatever was being written: room
// on the disk where that is what lacks, and nowhere else.
func TestStepFitsTheSystemsError(t *testing.T) {
	for errno, step := range map[syscall.Errno]string{
		syscall.ENOSPC: "Make room", syscall.EDQUOT: "quota", syscall.EFBIG: "ulimit -f", syscall.EIO: "Look after the disk",
		syscall.EROFS: "Make the disk writable", syscall.EACCES: "Allow yourself", syscall.EPERM: "Allow yourself",
		syscall.ENOENT: "Put it back", syscall.ENOTDIR: "Move that file away", syscall.ENAMETOOLONG: "Name another place",
		syscall.ELOOP: "Name another place", syscall.EMFILE: "ulimit -n", syscall.ENFILE: "Close other programs",
		syscall.ENOMEM: "ulimit -v", syscall.ESTALE: "Connect the drive", syscall.ENXIO: "Connect the drive",
		syscall.ENOLCK: "disk of this computer", syscall.EBUSY: "Close that program",
	} {
		for _, err := range []error{
			&fs.PathError{Op: "open", Path: "/x/l.db.locks/open", Err: errno},
			fmt.Errorf("outer: %w", &os.LinkError{Op: "rename", Old: "/x/a", New: "/x/b", Err: errno}),
			&os.SyscallError{Syscall: "flock", Err: errno},
		} {
			stopped := SummaryScreen{Stop: campaign.Stop{Code: campaign.StopLedger}, Err: err, Ledger: "/x/l.db",
				Campaign: ledger.Campaign{Name: "spring"}}
			var screen bytes.Buffer
			Summary(Plain(&screen), stopped)
			sentence, _ := ErrorSentence(err)
			for _, text := range []string{
				strings.Join(strings.Fields(screen.String()), " "), ResultsUnwritten(err, "/x"), sentence,
			} {
				if !strings.Contains(text, step) || errno != syscall.ENOSPC && strings.Contains(text, "ake room") {
					t.Errorf("%v: %s", errno, text)
				}
			}
		}
	}
}
