package cli

import (
	"os"
	"path/filepath"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/screen"
)

// runLog is the JSON log of one run, beside the ledger. Numbers in it are masked; keys of both kinds never reach it.
// A log that cannot be written stops no campaign: that is told once.
type runLog struct {
	*zap.Logger
	path    string // empty when no log could be begun
	file    *logFile
	verbose *lineWriter // nil without --verbose
}

func (s *session) openLog(name string, run int64) *runLog {
	l := &runLog{file: &logFile{}}
	folder := s.LogFolder()
	path := filepath.Join(folder, record.FileName(name)+time.Now().Format("-20060102-150405.000")+".log")
	err := os.MkdirAll(folder, 0o700)
	if err == nil {
		l.file.to, err = os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	}
	if err == nil {
		l.path = path
	} else {
		l.file.failed = err
	}
	config := zap.NewProductionEncoderConfig()
	config.EncodeTime = zapcore.RFC3339NanoTimeEncoder
	core := zapcore.NewCore(zapcore.NewJSONEncoder(config), l.file, zap.DebugLevel)
	if s.verbose {
		people := zap.NewDevelopmentEncoderConfig()
		people.EncodeTime = zapcore.TimeEncoderOfLayout("15:04:05")
		l.verbose = &lineWriter{}
		core = zapcore.NewTee(core, zapcore.NewCore(zapcore.NewConsoleEncoder(people), l.verbose, zap.DebugLevel))
	}
	l.Logger = zap.New(core).With(zap.String("campaign", name), zap.Int64("run", run))
	return l
}

// show says where the lines of --verbose go, and the one about a log that cannot be written.
func (l *runLog) show(f screen.Face, line func(string)) {
	if l.verbose != nil {
		l.verbose.line = line
	}
	l.file.tell = func(err error) { line(screen.LogFailed(f, err)) }
	if l.file.failed != nil {
		l.file.tell(l.file.failed)
	}
}

func (l *runLog) close() {
	_ = l.Sync() // a log that cannot be synced stops no campaign
	if l.path != "" {
		_ = l.file.to.Close()
	}
}

// logFile writes to a file for as long as that works, and then no more: half a line in the middle would make the rest
// unreadable.
type logFile struct {
	to     *os.File // nil when it could not be opened
	failed error
	tell   func(error)
}

func (f *logFile) Write(p []byte) (int, error) {
	if f.failed == nil {
		if _, f.failed = f.to.Write(p); f.failed != nil {
			f.tell(f.failed)
		}
	}
	return len(p), nil
}

// Sync makes a logFile a zapcore.WriteSyncer.
func (f *logFile) Sync() error {
	if f.failed != nil {
		return nil
	}
	return f.to.Sync()
}

// lineWriter gives whole lines to a function. zap serialises its writes.
type lineWriter struct{ line func(string) }

func (w *lineWriter) Write(p []byte) (int, error) {
	if w.line != nil {
		w.line(text.Clean(string(trimNewline(p))))
	}
	return len(p), nil
}

// Sync makes a lineWriter a zapcore.WriteSyncer.
func (w *lineWriter) Sync() error { return nil }

func trimNewline(p []byte) []byte {
	for len(p) > 0 && (p[len(p)-1] == '\n' || p[len(p)-1] == '\r') {
		p = p[:len(p)-1]
	}
	return p
}
