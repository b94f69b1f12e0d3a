package process

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// What a server says out of turn never reaches the terminal: net/http would log it.
func TestStrayAnswersStayOffTheTerminal(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		connection, buffer, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer connection.Close()
		buffer.WriteString("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]\x1b[2Jstray")
		buffer.Flush()
		io.Copy(io.Discard, connection) // until the program goes
	}))
	defer server.Close()
	command, output := program(t, t.TempDir(), []string{"KANAL_API_URL=" + server.URL, "KANAL_API_KEY=" + sandbox.DefaultKey}, "templates")
	if err := command.Run(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
	if text := output.String(); strings.Contains(text, "stray") || strings.Contains(text, "HTTP") {
		t.Errorf("it prints %q", text)
	}
}
