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
	"kanal-campaign/reports/words"
)

// What the system says of a disk, a path or itself is told with the step that mends it, whatever was being written: room
// on the disk where that is what lacks, and nowhere else.
func TestStepFitsTheSystemsError(t *testing.T) {
	for errno, trouble := range map[syscall.Errno]ledger.Trouble{
		syscall.ENOSPC: ledger.TroubleFull, syscall.EDQUOT: ledger.TroubleQuota, syscall.EFBIG: ledger.TroubleTooLarge,
		syscall.EIO: ledger.TroubleBroken, syscall.EROFS: ledger.TroubleWriteOnce, syscall.EACCES: ledger.TroubleDenied,
		syscall.EPERM: ledger.TroubleDenied, syscall.ENOENT: ledger.TroubleMissing, syscall.ENOTDIR: ledger.TroubleNoFolder,
		syscall.ENAMETOOLONG: ledger.TroubleBadPath, syscall.ELOOP: ledger.TroubleBadPath, syscall.EMFILE: ledger.TroubleOpenFiles,
		syscall.ENFILE: ledger.TroubleAllFiles, syscall.ENOMEM: ledger.TroubleMemory, syscall.ESTALE: ledger.TroubleAway,
		syscall.ENXIO: ledger.TroubleAway, syscall.ENOLCK: ledger.TroubleNoLocks, syscall.EBUSY: ledger.TroubleBusy,
	} {
		_, makeRoom := words.English().Trouble(string(ledger.TroubleFull))
		_, step := words.English().Trouble(string(trouble))
		step = strings.TrimSuffix(step, ".")
		for _, err := range []error{
			&fs.PathError{Op: "open", Path: "/x/l.db.locks/open", Err: errno},
			fmt.Errorf("outer: %w", &os.LinkError{Op: "rename", Old: "/x/a", New: "/x/b", Err: errno}),
			&os.SyscallError{Syscall: "flock", Err: errno},
		} {
			stopped := SummaryScreen{Stop: campaign.Stop{Code: campaign.StopLedger}, Err: err, Ledger: "/x/l.db",
				Campaign: ledger.Campaign{Name: "spring"}}
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
