package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"kanal-campaign/reports/screen"
)

// A log that fails in the middle ends with a whole line, and is told of once.
func TestLogThatFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.log")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	l := &runLog{path: path, file: &logFile{to: file}}
	l.Logger = zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig()), l.file, zap.DebugLevel),
		zap.ErrorOutput(zapcore.AddSync(writerFunc(func(p []byte) { told = append(told, string(p)) }))))
	l.show(screen.Plain(nil), func(line string) { told = append(told, line) })
	l.Info("first")
	file.Close()
	l.Info("second")
	l.Info("third")
	l.close()
	if len(told) != 1 || !strings.HasPrefix(told[0], "The log cannot be written (file already closed)") {
		t.Errorf("it was told: %q", told)
	}
	content, err := os.ReadFile(path)
	if err != nil || strings.Count(string(content), "\n") != 1 || !strings.Contains(string(content), `"first"`) {
		t.Errorf("the log holds %q, %v", content, err)
	}
}

type writerFunc func([]byte)

func (f writerFunc) Write(p []byte) (int, error) {
	f(p)
	return len(p), nil
}
