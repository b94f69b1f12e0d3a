package campaign

import (
	"context"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/record"
)

// SourceOf is what the files of a ledger's campaign are written from.
func SourceOf(ctx context.Context, l *ledger.Ledger, c record.Campaign, rehearsed bool) record.Source {
	msg, err := message.MessageOf(c)
	return record.Source{
		Place: record.Place{Dir: c.OutDir, Campaign: c.Name, Rehearsed: rehearsed}, Drafts: l,
		Account: c.Account, Stamp: l.Stamp(c), Rebuilt: c.RebuiltFrom != "",
		Header: c.File.Header, Dialect: c.File.Dialect, Workbook: record.IsWorkbook(c.File.Name),
		Rows: l.Rows(ctx, c.ID), MessageIDs: l.MessageIDs(ctx, c.ID),
		FormerKeys: func(row record.Row) (keys []uuid.UUID) {
			if err != nil { // of a version that knows the message
				return nil
			}
			for generation := range row.Generation {
				keys = append(keys, msg.Recipe(c.Name, row.Phone, row.Values, generation).Key())
			}
			return keys
		},
	}
}
