package record

import (
	"cmp"
	"encoding/json"
	"time"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/outcome"
)

// Campaign is a named plan being carried out.
type Campaign struct {
	ID          int64
	Name        string // as in keys: trimmed, NFC
	Account     string // the phone_number_id that messages leave from
	CreatedAt   time.Time
	ConfirmedAt time.Time // when a person last said yes to the plan
	FinishedAt  time.Time // zero while rows remain to be sent
	// RebuiltFrom is the path of the results file that the campaign was rebuilt from, after its own ledger was lost; empty
	// for a campaign that this ledger has seen from its beginning.
	RebuiltFrom string
	Definition
}

// FilePath is where the audience was when it was read last; of a rebuilt campaign, where its results were.
func (c Campaign) FilePath() string { return cmp.Or(c.File.Path, c.RebuiltFrom, c.File.Name) }

// Definition is what a campaign was planned from, frozen so that it can be resumed without its file.
type Definition struct {
	Kind     string          `json:"kind"`     // template or message
	Of       string          `json:"of"`       // the template's id or the message's type, as in keys
	Title    string          `json:"title"`    // the template's name
	Message  json.RawMessage `json:"message"`  // the message as it was
	Fields   []string        `json:"fields"`   // the names of the values, in order
	Settings Settings        `json:"settings"` // how the file was read and judged
	File     Audience        `json:"file"`     // the audience
	OutDir   string          `json:"out_dir"`  // where results are written
	// Confirmed is how many messages of the campaign a person has said yes to, those sent included.
	Confirmed int    `json:"confirmed"`
	APIURL    string `json:"api_url"` // the API's base URL
	// Limited is true once --first has kept the last run that was said yes to a part of the campaign: see KeepToFirst.
	Limited bool `json:"limited,omitempty"`
}

// Settings are the flags that decide what is read from the file and who is left out.
type Settings struct {
	Country     string            `json:"country,omitempty"`
	Map         map[string]string `json:"map,omitempty"` // variable → column name
	PhoneColumn string            `json:"phone_column,omitempty"`
	// FoundPhone is the column in which the numbers were found, where none was named.
	FoundPhone     string        `json:"found_phone,omitempty"`
	NameColumn     string        `json:"name_column,omitempty"`
	EmailColumn    string        `json:"email_column,omitempty"`
	Delimiter      string        `json:"delimiter,omitempty"`
	Encoding       string        `json:"encoding,omitempty"`
	Sheet          string        `json:"sheet,omitempty"`
	HeaderRow      int           `json:"header_row,omitempty"` // as a spreadsheet numbers it; 0 for the first that is not blank
	Duplicates     string        `json:"duplicates,omitempty"`
	SkipInvalid    bool          `json:"skip_invalid,omitempty"`
	AcceptPossible bool          `json:"accept_possible,omitempty"`
	Variables      []string      `json:"variables,omitempty"`
	SendWindow     string        `json:"send_window,omitempty"`
	Timezone       string        `json:"timezone,omitempty"` // of people whose numbers tell none
	MinGap         string        `json:"min_gap,omitempty"`
	SkipRepeats    bool          `json:"skip_repeats,omitempty"` // who has the very message from another campaign is left out
	Suppress       []Suppression `json:"suppress,omitempty"`
	DailyCap       int           `json:"daily_cap,omitempty"` // people in 24 hours, to warn of; 0 when not said
	Holidays       string        `json:"holidays,omitempty"`  // the absolute path of a list, to warn of
	CountryColumn  string        `json:"country_column,omitempty"`
	BareNumbers    string        `json:"bare_numbers,omitempty"`
	// NumberRules is the version of the rules by which numbers were read; 0 of a campaign planned before there was a second.
	NumberRules int         `json:"number_rules,omitempty"`
	Where       []Condition `json:"where,omitempty"` // of which a row must meet every one
	// ConsentColumns all have to say yes; NoConsentColumn says that no column is one of consent.
	ConsentColumns  []string `json:"consent_columns,omitempty"`
	NoConsentColumn bool     `json:"no_consent_column,omitempty"`
}

// SettlesConsent reports whether a person has said which columns are of consent.
func (s Settings) SettlesConsent() bool { return s.NoConsentColumn || len(s.ConsentColumns) > 0 }

// Condition is what a cell of every row that is sent holds, or with Not does not hold.
type Condition struct {
	Text   string   `json:"text"`             // as it was given
	Column string   `json:"column,omitempty"` // as in the header; empty before the file was read
	Not    bool     `json:"not,omitempty"`
	Values []string `json:"values,omitempty"` // any of them; an empty one is the empty cell
}

// Suppression is a list of people whom a campaign leaves out, as it was read last.
type Suppression struct {
	Name    string `json:"name"`
	Path    string `json:"path"`             // absolute
	Column  string `json:"column,omitempty"` // that was named for the numbers
	SHA256  string `json:"sha256"`
	Numbers int    `json:"numbers"`
	Blank   int    `json:"blank,omitempty"` // rows without a number
	Open    int    `json:"open,omitempty"`  // numbers that no country is known of, and that are therefore not among Numbers
}

// Audience is the audience as it was read.
type Audience struct {
	Name    string           `json:"name"`
	Path    string           `json:"path"` // absolute
	SHA256  string           `json:"sha256"`
	Dialect audience.Dialect `json:"dialect"`
	Header  []string         `json:"header"`
	Rows    int              `json:"rows,omitempty"` // recipients; 0 where an earlier version has not counted them
}

// Tally counts the rows of a campaign that share a status, cause and code.
type Tally struct {
	Status    outcome.Status
	Cause     string
	Code      string // error_code
	Gone      bool   // no longer in the file since an update
	Rows      int
	Attempts  int // at all of them
	Forgotten int // how many of the rows are of people who were forgotten
}
