package record

import "context"

var (
	CurrentColumns = currentColumns
	ProblemColumns = problemColumns
	Unformula      = unformula
	IsDeviceName   = deviceName().MatchString
	AddedColumns   = currentColumns.addedTo
	NewDraft       = newDraft
	NoRows         = func() []resultRow { return []resultRow{} }
)

// WriteResultsBy is WriteResults where rename puts files in their places.
func (s Source) WriteResultsBy(ctx context.Context, say Sentences, rename func(from, to string) error) (File, error) {
	return s.draftResults(ctx, say, rename)
}

// Name is where the draft is.
func (d *draft) Name() string { return d.file.Name() }

// Die leaves the draft as the end of its process does.
func (d *draft) Die() {
	d.file.Close()
	_ = d.release()
}

// Put fills, seals and places the draft.
func (d *draft) Put(text, path string) error {
	if _, err := d.file.WriteString(text); err != nil {
		return err
	}
	if err := d.seal(); err != nil {
		return err
	}
	return d.placeAt(path)
}

// Drop is drop.
func (d *draft) Drop() { d.drop() }
