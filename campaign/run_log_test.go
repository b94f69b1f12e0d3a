package campaign

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// A log that fails in the middle ends with a whole line, and is told of once.
func TestLogThatFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.log")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	var told []error
	l := &runLog{path: path, file: &logFile{to: file, tell: func(err error) { told = append(told, err) }}}
	l.Logger = zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig()), l.file, zap.DebugLevel),
		zap.ErrorOutput(zapcore.AddSync(failingWriter(func(p []byte) { t.Errorf("the logger complains: %s", p) }))))
	l.Info("first")
	file.Close()
	l.Info("second")
	l.Info("third")
	l.close()
	if len(told) != 1 || !strings.Contains(told[0].Error(), os.ErrClosed.Error()) {
		t.Errorf("it was told: %v", told)
	}
	content, err := os.ReadFile(path)
	if err != nil || strings.Count(string(content), "\n") != 1 || !slices.Contains(strings.Split(string(content), `"`), "first") {
		t.Errorf("the log holds %q, %v", content, err)
	}
}

type failingWriter func([]byte)

func (f failingWriter) Write(p []byte) (int, error) {
	f(p)
	return len(p), nil
}
