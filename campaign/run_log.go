package campaign

import (
	"os"
	"path/filepath"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"kanal-campaign/campaign/record"
)

// LogFolder is where the logs of runs are kept.
func (d *Desk) LogFolder() string { return d.Ledger.Path() + ".logs" }

// runLog is the JSON log of one run, beside the ledger. Numbers in it are masked; keys of both kinds never reach it.
// A log that cannot be written stops no campaign: that is told once.
type runLog struct {
	*zap.Logger
	path string // empty when no log could be begun
	file *logFile
}

// openLog begins the log of a run. The first line says whose it is: forgetting reads it there.
func (d *Desk) openLog(run record.Run, tell func(error)) *runLog {
	l := &runLog{file: &logFile{tell: tell}}
	path := filepath.Join(d.LogFolder(), record.FileName(run.Campaign)+d.Ledger.Now().Format("-20060102-150405.000")+".log")
	err := os.MkdirAll(d.LogFolder(), 0o700)
	if err == nil {
		l.file.to, err = os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	}
	if err == nil {
		l.path = path
	} else {
		l.file.fail(err)
	}
	config := zap.NewProductionEncoderConfig()
	config.EncodeTime = zapcore.RFC3339NanoTimeEncoder
	l.Logger = zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(config), l.file, zap.DebugLevel)).
		With(zap.String("campaign", run.Campaign), zap.Int64("run", run.ID))
	return l
}

// beside is the log with another that gets the same.
func (l *runLog) beside(other zapcore.Core) *zap.Logger {
	if other == nil {
		return l.Logger
	}
	return l.WithOptions(zap.WrapCore(func(core zapcore.Core) zapcore.Core { return zapcore.NewTee(core, other) }))
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
	tell   func(error) // may be nil
}

func (f *logFile) fail(err error) {
	if f.failed = err; f.tell != nil {
		f.tell(err)
	}
}

func (f *logFile) Write(p []byte) (int, error) {
	if f.failed == nil {
		if _, err := f.to.Write(p); err != nil {
			f.fail(err)
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
