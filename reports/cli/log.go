package cli

import (
	"os"
	"path/filepath"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"kanal-campaign/reports"
)

// runLog is the JSON log of one run, beside the ledger. Numbers in it are masked; keys of both kinds never reach it.
type runLog struct {
	*zap.Logger
	path    string
	file    *os.File
	verbose *lineWriter // nil without --verbose
}

func (r *run) openLog() (*runLog, error) {
	folder := r.ledger.Path() + ".logs"
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(folder, reports.FileName(r.name)+time.Now().Format("-20060102-150405.000")+".log")
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	config := zap.NewProductionEncoderConfig()
	config.EncodeTime = zapcore.RFC3339NanoTimeEncoder
	core := zapcore.NewCore(zapcore.NewJSONEncoder(config), zapcore.AddSync(file), zap.DebugLevel)
	l := &runLog{path: path, file: file}
	if r.verbose {
		people := zap.NewDevelopmentEncoderConfig()
		people.EncodeTime = zapcore.TimeEncoderOfLayout("15:04:05")
		l.verbose = &lineWriter{}
		core = zapcore.NewTee(core, zapcore.NewCore(zapcore.NewConsoleEncoder(people), l.verbose, zap.DebugLevel))
	}
	l.Logger = zap.New(core).With(zap.String("campaign", r.name), zap.Int64("run", r.record.ID))
	return l, nil
}

// show says where the lines of --verbose go.
func (l *runLog) show(line func(string)) {
	if l.verbose != nil {
		l.verbose.line = line
	}
}

func (l *runLog) close() {
	_ = l.Sync() // a log that cannot be synced stops no campaign
	_ = l.file.Close()
}

// lineWriter gives whole lines to a function. zap serialises its writes.
type lineWriter struct{ line func(string) }

func (w *lineWriter) Write(p []byte) (int, error) {
	if w.line != nil {
		w.line(reports.Clean(string(trimNewline(p))))
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
