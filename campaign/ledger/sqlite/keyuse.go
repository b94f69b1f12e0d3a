package sqlite

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"kanal-campaign/campaign/regular"
)

// KeyUse is one API key in use with one ledger, as a small file beside the ledgers of this computer's user tells it to the
// others: the pace is kept within a ledger, and Kanal counts by the key.
type KeyUse struct {
	path        string // of the file
	secret      []byte
	fingerprint string // of the key
	ledger      string
}

// Use tells when a ledger was last used with the key.
type Use struct {
	Ledger string    `json:"ledger"`
	At     time.Time `json:"at"`
}

// keyUses is the content of the file. It never holds a key.
type keyUses struct {
	Secret string           `json:"secret"` // that the keys' fingerprints are made with
	Uses   map[string][]Use `json:"uses"`   // by fingerprint
}

const (
	// useCounts is how long ago a use may be to be told.
	useCounts = time.Hour
	// longestUses is far more bytes than the uses of an hour take.
	longestUses = 1 << 20
)

// NewKeyUse returns the use of an API key with the ledger at a path. uses is the file that tells of it; there need be none.
func NewKeyUse(ctx context.Context, uses, apiKey, ledger string) (*KeyUse, error) {
	absolute, err := filepath.Abs(ledger)
	if err != nil {
		return nil, err
	}
	u := &KeyUse{path: uses, ledger: absolute}
	err = u.change(ctx, func(*keyUses) {})
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, u.secret)
	mac.Write([]byte(apiKey))
	u.fingerprint = hex.EncodeToString(mac.Sum(nil)[:12])
	return u, nil
}

// Note records that the key is in use with the ledger now, and returns the other ledgers with which it was within the last
// hour, the latest first. Several processes may call it at once.
func (u *KeyUse) Note(ctx context.Context, now time.Time) (others []Use, err error) {
	err = u.change(ctx, func(all *keyUses) {
		for key, uses := range all.Uses {
			all.Uses[key] = slices.DeleteFunc(uses, func(use Use) bool {
				return now.Sub(use.At).Abs() > useCounts || key == u.fingerprint && use.Ledger == u.ledger
			})
			if len(all.Uses[key]) == 0 {
				delete(all.Uses, key)
			}
		}
		others = slices.Clone(all.Uses[u.fingerprint])
		all.Uses[u.fingerprint] = append(all.Uses[u.fingerprint], Use{Ledger: u.ledger, At: now.Round(0)})
	})
	slices.SortFunc(others, func(a, b Use) int { return b.At.Compare(a.At) })
	return others, err
}

// change edits the file while nobody else does. One that cannot be read as what it is begins anew.
func (u *KeyUse) change(ctx context.Context, edit func(*keyUses)) error {
	if err := os.MkdirAll(filepath.Dir(u.path), 0o700); err != nil {
		return err
	}
	if err := regular.Check(u.path + ".lock"); err != nil {
		return err
	}
	lock := flock.New(u.path+".lock", flock.SetPermissions(0o600))
	patience, cancel := context.WithTimeout(ctx, time.Second) // it is held for moments only
	defer cancel()
	if taken, err := lock.TryLockContext(patience, 5*time.Millisecond); !taken {
		return err
	}
	defer lock.Unlock()
	all, err := u.read(ctx)
	if err != nil {
		return err
	}
	edit(&all)
	return u.write(all)
}

func (u *KeyUse) read(ctx context.Context) (keyUses, error) {
	var all keyUses
	content, err := regular.ReadSmall(ctx, u.path, longestUses)
	var irregular *regular.Error
	if err != nil && (ctx.Err() != nil || errors.As(err, &irregular)) {
		return all, err
	}
	if err == nil {
		err = json.Unmarshal(content, &all)
	}
	secret, hexErr := hex.DecodeString(all.Secret)
	if err != nil || hexErr != nil || len(secret) < 16 {
		secret = make([]byte, 32)
		rand.Read(secret) // which never fails
		all = keyUses{Secret: hex.EncodeToString(secret)}
	}
	if all.Uses == nil {
		all.Uses = map[string][]Use{}
	}
	if u.secret == nil {
		u.secret = secret
	}
	return all, nil
}

// write puts the content in the place of the old one, whole.
func (u *KeyUse) write(all keyUses) error {
	content, err := json.Marshal(all)
	if err != nil {
		return err
	}
	draft, err := os.CreateTemp(filepath.Dir(u.path), ".keys-*.tmp") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name()) // gone when it was put in place
	_, err = draft.Write(content)
	if err := errors.Join(err, draft.Close()); err != nil {
		return err
	}
	return os.Rename(draft.Name(), u.path)
}
