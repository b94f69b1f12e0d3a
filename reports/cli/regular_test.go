//go:build unix

package cli_test

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// irregular makes one of everything that is no regular file in the world's folder, and returns what each is called.
func (w *world) irregular() map[string]string {
	w.t.Helper()
	at := func(name string) string { return filepath.Join(w.dir, name) }
	if err := syscall.Mkfifo(at("pipe"), 0o600); err != nil {
		w.t.Fatal(err)
	}
	if err := os.Mkdir(at("folder"), 0o700); err != nil {
		w.t.Fatal(err)
	}
	if err := os.Symlink(at("pipe"), at("link")); err != nil {
		w.t.Fatal(err)
	}
	w.t.Chdir(w.dir) // the address of a socket is short
	listener, err := net.Listen("unix", "socket")
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { listener.Close() })
	return map[string]string{"pipe": "it is a pipe", "link": "it is a pipe", "folder": "it is a folder", "socket": "it is a socket",
		"/dev/zero": "it is a device", "/dev/full": "it is a device", "/dev/tty": "it is a device"}
}

// Whatever flag or argument names it, what is no regular file ends a command in a sentence, at once, and nothing is sent.
func TestNothingWaitsForWhatIsNoFile(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	list := w.write("spring.csv", people(2))
	w.send(list).want(t, 0)
	before := len(w.requests())
	send := func(flags ...string) []string {
		return append([]string{"send", list, "--template", "welcome", "--country", "FR", "--yes", "--campaign", "new"}, flags...)
	}
	kinds := w.irregular()
	for name, kind := range kinds {
		path := name
		if !filepath.IsAbs(path) {
			path = filepath.Join(w.dir, name)
		}
		for what, args := range map[string][]string{
			"ledger": send("--ledger", path), "ledger of status": {"status", "--ledger", path}, "ledger of resume": {"resume", "--ledger", path},
			"ledger of report": {"report", "spring", "--ledger", path}, "holidays": send("--holidays", path),
			"truth": {"sandbox", "--truth", path}, "requests": {"sandbox", "--requests", path},
			"key": send("--api-key-file", path), "text": {"send", list, "--type", "text", "--text-file", path, "--country", "FR", "--yes"},
			"audience": {"send", path, "--template", "welcome", "--yes"}, "check": {"check", path, "--template", "welcome"},
			"suppress": send("--suppress", path), "rebuild": {"resume", "--from", path, "--campaign", "lost"}, "verify": {"verify", "spring", path},
			"out": {"report", "spring", "--out", path}, "output": {"report", "spring", "--only", "sent", "-o", path},
			"starter": {"init", "--template", "welcome", "-o", path}, "fix": {"check", list, "--template", "welcome", "--fix", "-o", path},
		} {
			t.Run(what+" "+strings.TrimPrefix(name, "/"), func(t *testing.T) {
				says, code := kind, 1
				switch {
				case what == "key" && strings.Contains(kind, "pipe"):
					says = "contains no API key"
				case what == "text" && strings.Contains(kind, "pipe"):
					says, code = "holds no text", 2
				case what == "audience" || what == "check" || what == "suppress" || what == "rebuild" || what == "verify":
					says = "ordinary file"
					if name == "folder" {
						says = "is a folder"
					}
				case what == "out" && name == "folder":
					return
				case what == "out", what == "output", what == "starter", what == "fix":
					says = path
				}
				got := w.run(args...).want(t, code).says(t, says)
				if n := strings.Count(strings.TrimSpace(got.err), "\n"); n > 5 {
					t.Errorf("that is more than a sentence:\n%s", got.err)
				}
			})
		}
	}
	if n := len(w.requests()); n != before {
		t.Errorf("%d requests more", n-before)
	}
}

// What lies beside a ledger is not waited for either.
func TestNothingWaitsForWhatLiesBesideTheLedger(t *testing.T) {
	for _, name := range []string{"-wal", "-shm", "-journal", ".locks/open"} {
		w := newWorld(t, sandbox.Options{})
		book := filepath.Join(w.dir, "book.db")
		w.send(w.write("spring.csv", people(1)), "--ledger", book).want(t, 0)
		os.Remove(book + name)
		if err := syscall.Mkfifo(book+name, 0o600); err != nil {
			t.Fatal(err)
		}
		w.run("status", "--ledger", book).want(t, 1).says(t, name).tells(t, "irregular.pipe")
	}
}

// A key and a text come through a pipe as from a file, the null device is empty, and Ctrl-C ends the waiting for a pipe that
// is open and silent.
func TestKeyAndTextFromAPipe(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.env["KANAL_API_KEY"] = ""
	list := w.write("spring.csv", people(1))
	pipe := filepath.Join(w.dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	// through returns the path of a pipe that holds a text, and whose writer has gone.
	through := func(text string) string {
		reader, writer, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { reader.Close() })
		if _, err := writer.WriteString(text); err != nil {
			t.Fatal(err)
		}
		writer.Close()
		return fmt.Sprint("/dev/fd/", reader.Fd())
	}
	w.write("key", sandbox.DefaultKey+"\n")
	key := []string{"--api-key-file", filepath.Join(w.dir, "key")}

	w.send(list, "--api-key-file", through(sandbox.DefaultKey+"\n")).want(t, 0)
	w.run(append([]string{"send", list, "--type", "text", "--text-file", through("Bonjour\n"), "--country", "FR", "--yes",
		"--campaign", "text"}, key...)...).want(t, 0)
	if text := w.kanal.Accepted()[1].Text; text != "Bonjour" {
		t.Errorf("%q was sent", text)
	}
	w.send(list, "--api-key-file", os.DevNull, "--campaign", "null").want(t, 1).tells(t, "key-file-empty")

	silent, err := os.OpenFile(pipe, os.O_RDWR, 0) // which waits for nobody
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	signals := make(chan os.Signal, 1)
	signals <- os.Interrupt
	w.runOn(terminal{signals: signals}, "send", list, "--template", "welcome", "--yes", "--api-key-file", pipe).want(t, 130).
		tells(t, "nothing-sent")
}
