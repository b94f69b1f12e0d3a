package record

import "iter"

// aheadRows is how many rows are read ahead at a time, and aheadBytes how many bytes of cells: a row of the input may have a
// megabyte.
const (
	aheadRows  = 256
	aheadBytes = 1 << 20
)

// ahead reads rows on a goroutine of its own, a little ahead of whoever goes through them: two processors do what one did. It has
// ended when the loop over its rows has.
func ahead(rows iter.Seq2[Row, error]) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		type batch struct {
			rows []Row
			err  error
		}
		read, enough := make(chan batch, 1), make(chan struct{})
		defer func() {
			close(enough)
			for range read { // until it has ended
			}
		}()
		go func() {
			defer close(read)
			next, bytes := make([]Row, 0, aheadRows), 0
			give := func(err error) (goOn bool) {
				select {
				case read <- batch{next, err}:
				case <-enough:
					return false
				}
				next, bytes = make([]Row, 0, aheadRows), 0
				return err == nil
			}
			for row, err := range rows {
				if err != nil {
					give(err)
					return
				}
				for _, cell := range row.Cells {
					bytes += len(cell)
				}
				if next = append(next, row); (len(next) == aheadRows || bytes >= aheadBytes) && !give(nil) {
					return
				}
			}
			give(nil)
		}()
		for b := range read {
			for _, row := range b.rows {
				if !yield(row, nil) {
					return
				}
			}
			if b.err != nil && !yield(Row{}, b.err) {
				return
			}
		}
	}
}
