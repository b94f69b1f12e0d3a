package ledger

import (
	"context"
	"database/sql"
)

// NoteFiles remembers absolute paths of files that were read or written for the campaign of that name, which need not be
// there yet: people may stand in them. A path that is known already, or empty, changes nothing.
func (l *Ledger) NoteFiles(ctx context.Context, campaign string, paths ...string) error {
	known, err := l.Files(ctx, campaign)
	if err != nil {
		return err
	}
	noted := map[string]bool{"": true}
	for _, path := range known {
		noted[path] = true
	}
	var fresh []string
	for _, path := range paths {
		if !noted[path] {
			fresh = append(fresh, path)
		}
	}
	if len(fresh) == 0 { // nobody waits for the right to write then
		return nil
	}
	return l.write(ctx, func(tx *sql.Tx) error {
		for _, path := range fresh {
			_, err := tx.ExecContext(ctx, "INSERT INTO files (campaign, path) VALUES ($1, $2) ON CONFLICT DO NOTHING", campaign, path)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Files returns the paths that NoteFiles, or an earlier version, remembers of a campaign.
func (l *Ledger) Files(ctx context.Context, campaign string) ([]string, error) {
	return list(ctx, l.db, single[string], `SELECT path FROM files WHERE campaign = $1
		UNION SELECT path FROM exports WHERE campaign = $1 ORDER BY path`, campaign)
}

// NamedFile is a campaign's name with a file of it, as a run or a note tells them. There need be no such campaign.
type NamedFile struct{ Campaign, Path string }

// NamedFiles returns each of them once, by campaign.
func (l *Ledger) NamedFiles(ctx context.Context) ([]NamedFile, error) {
	return list(ctx, l.db, func(scan scanner) (one NamedFile, err error) {
		err = scan(&one.Campaign, &one.Path)
		return one, err
	}, `SELECT campaign, file_name FROM runs UNION SELECT campaign, path FROM files UNION SELECT campaign, path FROM exports ORDER BY 1, 2`)
}
