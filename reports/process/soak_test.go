package process

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// usage is what a process takes at one instant.
type usage struct{ memory, descriptors int } // bytes resident, and open files

// At the real pace, with jitter and faults, the server never sees more than 60 requests in any minute, everyone is
// messaged once, and the sender does not grow. KANAL_CAMPAIGN_SOAK=3600 makes it an hour.
func TestSoak(t *testing.T) {
	t.Parallel()
	rows := asked(t, "KANAL_CAMPAIGN_SOAK", 8)
	k := startKanal(t, "--window", "sliding", "--seed", fmt.Sprint(seed(t)), "--faults", "latency=20ms,jitter=1s,"+
		"2=drop-after,4=500-before,6=truncated-200,drop-before=0.02,drop-after=0.02,500-before=0.02,502-after=0.02,"+
		"503-before=0.01,garbage-200=0.01,truncated-200=0.01")
	path, home := audience(t, rows), t.TempDir()
	began := time.Now()
	command, output := program(t, home, k.env, "send", path, "--template", "welcome", "--country", "FR", "--yes",
		"--doubt-delay", "2s", "--request-timeout", "5s")
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	used := observe(t, command, k)
	for code := command.ProcessState.ExitCode(); code != 0; code = command.ProcessState.ExitCode() {
		if code != 3 {
			t.Fatalf("it ended with %d:\n%s", code, output)
		}
		// Five doubts in a row are rare, and possible: what is left in doubt is tried again on a person's word.
		command, output = program(t, home, k.env, "retry", "spring", "--unknown", "--yes", "--doubt-delay", "2s",
			"--request-timeout", "5s")
		_ = command.Run() // its exit code tells
	}
	k.account(t, resultsOf(path), rows, nil)
	sends := k.sends(t)
	keepsPace(t, sends, 60)
	took := sends[len(sends)-1].Time.Sub(sends[0].Time)
	if least := time.Duration(len(sends)-1)*time.Second - 3*time.Second; took < least {
		t.Errorf("%d requests in %s: that is not the real pace", len(sends), took)
	}
	t.Logf("%d people, %d requests in %s (%.1f a minute), all in all %s", rows, len(sends), took.Round(time.Second),
		float64(len(sends)-1)/took.Minutes(), time.Since(began).Round(time.Second))
	staysFlat(t, used)
}

// observe waits for a process to end, and returns what it took from its first request to send on: /proc tells, on Linux.
func observe(t *testing.T, command *exec.Cmd, k *kanalProcess) []usage {
	t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	var used []usage
	for look := time.Tick(250 * time.Millisecond); ; {
		select {
		case <-ended:
			return used
		case <-look:
			if now, ok := usageOf(command.Process.Pid); ok && (len(used) > 0 || len(k.sends(t)) > 0) {
				used = append(used, now)
			}
		}
	}
}

func usageOf(pid int) (usage, bool) {
	if runtime.GOOS != "linux" {
		return usage{}, false
	}
	process := filepath.Join("/proc", strconv.Itoa(pid))
	open, err := os.ReadDir(filepath.Join(process, "fd"))
	if err != nil {
		return usage{}, false
	}
	pages, err := os.ReadFile(filepath.Join(process, "statm"))
	fields := strings.Fields(string(pages))
	if err != nil || len(fields) < 2 {
		return usage{}, false
	}
	resident, err := strconv.Atoi(fields[1])
	return usage{resident * os.Getpagesize(), len(open)}, err == nil
}

// staysFlat compares the last quarter of a process's life with the first.
func staysFlat(t *testing.T, used []usage) {
	t.Helper()
	const someMemory, someDescriptors = 16 << 20, 8
	if len(used) < 8 {
		if runtime.GOOS == "linux" {
			t.Errorf("%d observations are too few", len(used))
		}
		return
	}
	first, last := used[:len(used)/4], used[len(used)-len(used)/4:]
	for _, of := range []struct {
		name string
		take func(usage) int
		some int
	}{
		{"bytes of memory", func(u usage) int { return u.memory }, someMemory},
		{"descriptors", func(u usage) int { return u.descriptors }, someDescriptors},
	} {
		before, after, peak := median(first, of.take), median(last, of.take), 0
		for _, u := range used {
			peak = max(peak, of.take(u))
		}
		t.Logf("%s: %d in the first quarter, %d in the last (medians of %d observations), %d at most", of.name, before, after,
			len(used), peak)
		if after > before+before/10+of.some {
			t.Errorf("it grew from %d to %d %s", before, after, of.name)
		}
	}
}

func median(used []usage, take func(usage) int) int {
	values := make([]int, len(used))
	for i, u := range used {
		values[i] = take(u)
	}
	slices.Sort(values)
	return values[len(values)/2]
}
