package cli

import (
	"strings"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"kanal-campaign/campaign/text"
)

// verboseLog is the log of a run as --verbose shows it, a line at a time.
func verboseLog(line func(string)) zapcore.Core {
	config := zap.NewDevelopmentEncoderConfig()
	config.EncodeTime = zapcore.TimeEncoderOfLayout("15:04:05")
	return zapcore.NewCore(zapcore.NewConsoleEncoder(config), zapcore.AddSync(lineWriter(line)), zap.DebugLevel)
}

// lineWriter gives whole lines to a function. zap serialises its writes.
type lineWriter func(string)

func (line lineWriter) Write(p []byte) (int, error) {
	line(text.Clean(strings.TrimRight(string(p), "\r\n")))
	return len(p), nil
}
