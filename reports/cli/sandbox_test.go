package cli_test

import (
	"os"
	"syscall"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// The sandbox takes real names and numbers: other computers reach it only where that was asked for in so many words.
func TestSandboxStaysOnThisComputer(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	for _, address := range []string{"0.0.0.0", "::", "[::]", "192.0.2.1", "localhost.evil.com", "127.0.0.1.evil.com", "0177.0.0.1"} {
		w.run("sandbox", "--listen", address).want(t, 2).says(t, "--allow-remote")
	}
	w.run("sandbox", "--listen", "").want(t, 2).tells(t, "flag-empty", "--listen")
	w.run("sandbox", "--listen", "evil.com", "--allow-remote").want(t, 2).tells(t, "sandbox-listen-no-address")
	for address, warns := range map[string]bool{"127.0.0.1": false, "localhost": false, "0.0.0.0": true} {
		args := []string{"sandbox", "--listen", address}
		if warns {
			args = append(args, "--allow-remote")
		}
		stop := make(chan os.Signal, 1)
		stop <- syscall.SIGINT
		got := w.runOn(terminal{signals: stop}, args...).want(t, 0).says(t, "Address http://").tells(t, "sandbox-stopped")
		if warned := contains(got.err, "WARNING: Other computers can use this sandbox"); warned != warns {
			t.Errorf("--listen %s: warned %t\n%s", address, warned, got.err)
		}
	}
}
