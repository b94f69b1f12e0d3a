package number

import "kanal-campaign/campaign/number/automaton"

// ByLibraryAlone does something while nothing is read by automata. Nothing else may read meanwhile.
func ByLibraryAlone(do func()) {
	all := world().all()
	for _, n := range all {
		n.usable()
		n.fault = automaton.ErrUnsupported
	}
	defer func() {
		for _, n := range all {
			n.fault = nil
		}
	}()
	do()
}

// all are the plans of all regions, those of codes that are no country's among them.
func (w *numberings) all() []*numbering {
	var all []*numbering
	for _, main := range w.byCode {
		if main != nil {
			all = append(all, main.shared...)
		}
	}
	return all
}
