//go:build browser

package htmlreport

import (
	"fmt"
	"slices"
	"testing"
)

// cutOff lists what is wider than the screen and cannot be brought into view: by rows that are stacked, by wrapping, or in
// a box that scrolls, has a name, and is reached with the keyboard.
const cutOff = `(() => {
	const wide = document.documentElement.clientWidth, found = new Set();
	const clipped = e => { for (; e; e = e.parentElement) if (getComputedStyle(e).clipPath !== 'none') return true; return false }; // for screen readers only
	const scrolls = e => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX);
	for (const e of document.querySelectorAll('body *')) {
		if (!e.checkVisibility() || e.closest('svg,.skip,script')) continue;
		if (clipped(e)) continue;
		const box = e.closest('.scroll'), r = e.getBoundingClientRect(), own = getComputedStyle(e);
		const text = e.tagName + ' ' + e.textContent.trim().slice(0, 30);
		if (box && scrolls(box)) {
			if (!(box.tabIndex === 0 && box.getAttribute('role') === 'region' && box.getAttribute('aria-label'))) found.add('no keyboard: ' + text);
			if (e === box && (r.right > wide + 1 || r.left < -1)) found.add('the box is too wide: ' + text);
			if (e !== box && r.right - box.getBoundingClientRect().left + box.scrollLeft > box.scrollWidth + 1) found.add('not reached by scrolling: ' + text);
			continue;
		}
		if (r.right > wide + 1 || r.left < -1) found.add('too wide: ' + text);
		if (e.scrollWidth > e.clientWidth + 1 && own.overflowX !== 'visible') found.add('cut: ' + text);
	}
	return [...found];
})()`

// sideways names the tables that have to be scrolled to be read.
const sideways = `[...document.querySelectorAll('table')].filter(t => { const b = t.closest('.scroll') || t; return b.scrollWidth > b.clientWidth + 1 })
	.map(t => t.caption.textContent)`

// axNode is a node of the tree that a screen reader is given.
type axNode struct {
	Ignored bool
	Role    struct{ Value string }
	Name    struct{ Value string }
}

// On a usual screen, and on a telephone, nothing is cut off; there all tables but the long list of recipients are read without scrolling sideways.
// What a screen reader is told of a table is the same on any screen.
func narrow(t *testing.T, b *browser) {
	b.media("light", 1280)
	b.open(pages["unmasked.html"](t)) // which has a column more
	var scrolled []string
	if b.run(sideways, &scrolled); len(scrolled) > 0 {
		t.Errorf("unmasked, on a usual screen it is cut: %q", scrolled)
	}
	for _, name := range []string{"finished.html", "hostile.html"} {
		page := pages[name](t)
		var told map[string]int
		for _, width := range []int{1280, 1100, 720, 360, 320} {
			name := fmt.Sprintf("%s at %d", name, width)
			b.media("light", width)
			b.open(page)
			var cut, scrolled []string
			if b.run(cutOff, &cut); len(cut) > 0 {
				t.Errorf("%s: %q", name, cut)
			}
			if b.run(sideways, &scrolled); width >= 1280 && len(scrolled) > 0 {
				t.Errorf("%s is cut: %q", name, scrolled)
			} else if width <= 360 && len(scrolled) > 0 &&
				!slices.Equal(scrolled, []string{"Recipients, in the order of the file"}) {
				t.Errorf("%s: one has to scroll sideways to read %q", name, scrolled)
			}
			if now := b.tables(); told == nil {
				told = now
			} else if fmt.Sprint(now) != fmt.Sprint(told) {
				t.Errorf("%s: a screen reader is told %v, on a wide screen %v", name, now, told)
			}
		}
		if told["table"] < 2 || told["columnheader"] < 8 || told["row"] < 4 {
			t.Errorf("%s: %v", name, told)
		}
	}
}

// tables counts the nodes of each kind that make up tables for a screen reader.
func (b *browser) tables() map[string]int {
	b.t.Helper()
	var tree struct{ Nodes []axNode }
	b.ask("Accessibility.getFullAXTree", nil, &tree)
	counts := map[string]int{}
	for _, n := range tree.Nodes {
		if slices.Contains([]string{"table", "row", "cell", "columnheader", "rowheader", "caption"}, n.Role.Value) && !n.Ignored {
			counts[n.Role.Value]++
		}
	}
	return counts
}
