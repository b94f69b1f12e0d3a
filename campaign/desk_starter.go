package campaign

import (
	"context"
	"io"
	"os"

	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/record"
)

// Starter writes a file with the columns that a message takes, and a row as an example, where there is none: Request.File; ""
// for one that is called as the message is. It returns its path, or an error that is fs.ErrExist. A free-form message asks Kanal
// for nothing.
func (d *Desk) Starter(ctx context.Context, req Request) (path string, err error) {
	msg, err := d.asked(ctx, req)
	if err != nil {
		return "", err
	}
	if path = req.File; path == "" {
		path = record.FileName(msg.Title()) + ".csv"
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return path, err
	}
	defer file.Close()
	if err := writeStarter(file, path, msg, req.Settings.Delimiter); err != nil {
		return path, err
	}
	return path, file.Close()
}

// asked is the message that is asked for; of a template, the desk is connected then.
func (d *Desk) asked(ctx context.Context, req Request) (message.Message, error) {
	if req.Message.FreeForm == nil && req.Message.Named() {
		if err := d.Connect(ctx, "", req.Timeout); err != nil {
			return message.Message{}, err
		}
	}
	return d.Message(req.Message)
}

func writeStarter(w io.Writer, path string, msg message.Message, delimiter string) error {
	header, example := msg.Starter()
	if record.IsWorkbook(path) {
		return record.WriteStarterWorkbook(w, header, example)
	}
	opts, _ := AudienceOptions(delimiter, "")
	return record.WriteStarter(w, header, example, opts.Delimiter)
}
