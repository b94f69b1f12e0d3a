//go:build browser

// These tests look at the report in a real browser. They are built by .ci/run only, which provides one:
//
//	go test -tags browser ./reports/htmlreport

package htmlreport

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// browser is a headless Chromium that is driven by the DevTools protocol over a pipe: messages of JSON, each ended by a
// zero byte. It belongs to one goroutine.
type browser struct {
	t       *testing.T
	to      *os.File
	answers chan protocolMessage
	id      int
	session string
	events  []protocolMessage
}

type protocolMessage struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
}

// patience is far more than a browser needs for anything that it is asked here.
const patience = time.Minute

func newBrowser(t *testing.T) *browser {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatalf("this test needs chromium, which .ci/run installs: %v", err)
	}
	commands, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	from, answers, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
		"--user-data-dir="+t.TempDir(),
		"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--host-resolver-rules=MAP * ~NOTFOUND", "about:blank")
	command.ExtraFiles = []*os.File{commands, answers}
	var output bytes.Buffer
	command.Stderr = &output
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	commands.Close()
	answers.Close()
	b := &browser{t: t, to: to, answers: make(chan protocolMessage, 1000)}
	go b.read(from)
	t.Cleanup(func() {
		b.session = ""
		b.call("Browser.close", nil)
		to.Close()
		if err := command.Wait(); err != nil {
			t.Logf("%v\n%s", err, output.String())
		}
		from.Close()
	})
	var target struct{ TargetID, SessionID string }
	b.ask("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	b.ask("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &target)
	b.session = target.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		b.call(domain+".enable", nil)
	}
	return b
}

func (b *browser) read(from *os.File) {
	defer close(b.answers)
	decoder := json.NewDecoder(zeroless{from})
	for {
		var m protocolMessage
		if decoder.Decode(&m) != nil {
			return
		}
		b.answers <- m
	}
}

// zeroless turns the zero bytes between messages into spaces.
type zeroless struct{ *os.File }

func (z zeroless) Read(p []byte) (int, error) {
	n, err := z.File.Read(p)
	copy(p, bytes.ReplaceAll(p[:n], []byte{0}, []byte{' '}))
	return n, err
}

// next returns the next message; it fails the test when the browser is silent.
func (b *browser) next() protocolMessage {
	b.t.Helper()
	select {
	case m, open := <-b.answers:
		if !open {
			b.t.Fatal("the browser is gone")
		}
		return m
	case <-time.After(patience):
		b.t.Fatal("the browser does not answer")
	}
	return protocolMessage{}
}

func (b *browser) call(method string, params any) json.RawMessage {
	b.t.Helper()
	b.id++
	request := map[string]any{"id": b.id, "method": method}
	if params != nil {
		request["params"] = params
	}
	if b.session != "" {
		request["sessionId"] = b.session
	}
	text, err := json.Marshal(request)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.to.Write(append(text, 0)); err != nil {
		b.t.Fatal(err)
	}
	for {
		m := b.next()
		switch {
		case m.ID == b.id && m.Error != nil:
			b.t.Fatalf("%s: %s", method, m.Error.Message)
		case m.ID == b.id:
			return m.Result
		case m.Method != "":
			b.events = append(b.events, m)
		}
	}
}

func (b *browser) ask(method string, params, into any) {
	b.t.Helper()
	if err := json.Unmarshal(b.call(method, params), into); err != nil {
		b.t.Fatal(err)
	}
}

// open opens a page that has been written to a file, and returns when it is loaded.
func (b *browser) open(page []byte) {
	b.t.Helper()
	path := filepath.Join(b.t.TempDir(), "page.html")
	if err := os.WriteFile(path, append([]byte("<!doctype html>\n"), page...), 0o600); err != nil {
		b.t.Fatal(err)
	}
	b.events = nil
	b.call("Page.navigate", map[string]any{"url": "file://" + path})
	for !slices.ContainsFunc(b.events, func(m protocolMessage) bool { return m.Method == "Page.loadEventFired" }) {
		b.events = append(b.events, b.next())
	}
}

// run evaluates an expression in the page, and decodes what it gives.
func (b *browser) run(expression string, into any) {
	b.t.Helper()
	var answer struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails json.RawMessage
	}
	b.ask("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true}, &answer)
	if answer.ExceptionDetails != nil {
		b.t.Fatalf("%s\n%s", expression, answer.ExceptionDetails)
	}
	if into != nil {
		if err := json.Unmarshal(answer.Result.Value, into); err != nil {
			b.t.Fatalf("%s: %v", expression, err)
		}
	}
}

// complaints are what the browser has said, run or asked the network for since the page was opened, that is not the page.
func (b *browser) complaints() (found []string) {
	b.t.Helper()
	b.run("new Promise(done => requestAnimationFrame(() => setTimeout(done)))", nil) // what the page begins, has begun
	for _, m := range b.events {
		switch m.Method {
		case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded", "Page.javascriptDialogOpening":
			found = append(found, m.Method+" "+string(m.Params))
		case "Network.requestWillBeSent":
			var p struct {
				DocumentURL string
				Request     struct{ URL string }
			}
			if err := json.Unmarshal(m.Params, &p); err != nil {
				b.t.Fatal(err)
			}
			if p.Request.URL != p.DocumentURL {
				found = append(found, "request for "+p.Request.URL)
			}
		}
	}
	return found
}

func (b *browser) quiet(name string) {
	b.t.Helper()
	for _, complaint := range b.complaints() {
		b.t.Errorf("%s: %.500s", name, complaint)
	}
}

// media sets the colour scheme, and the width in CSS pixels.
func (b *browser) media(scheme string, width int) {
	b.t.Helper()
	b.call("Emulation.setEmulatedMedia", map[string]any{"media": "",
		"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}})
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600})
}

// search types a text into the search field, in place of what is there.
func (b *browser) search(text string) {
	b.t.Helper()
	b.run("document.getElementById('query').focus(), document.getElementById('query').select(), true", nil)
	if text == "" {
		b.call("Input.dispatchKeyEvent", map[string]any{"type": "keyDown", "key": "Backspace", "windowsVirtualKeyCode": 8})
		return
	}
	b.call("Input.insertText", map[string]any{"text": text})
}

// TestBrowser starts one browser for everything that is looked at in it.
func TestBrowser(t *testing.T) {
	b := newBrowser(t)
	for _, test := range []struct {
		name string
		look func(t *testing.T, b *browser)
	}{
		{"tells", browserTells}, {"every page", everyPage}, {"hostile texts", hostileTexts}, {"search", searches}, {"sort", sorts},
		{"narrow", narrow}, {"without script", withoutScript}, {"printed", printed},
	} {
		t.Run(test.name, func(t *testing.T) {
			defer func(of *testing.T) { b.t = of }(b.t)
			b.t = t
			b.media("light", 1100)
			test.look(t, b)
		})
	}
}

// What the other tests rely on: that a request, an error and a word too wide are noticed.
func browserTells(t *testing.T, b *browser) {
	b.media("light", 360)
	b.open([]byte(`<html><body><script>console.error("told")</script><img src="http://127.0.0.1:9/x"><p style="color:#999">` +
		strings.Repeat("x", 200)))
	all := strings.Join(b.complaints(), "\n")
	for _, wanted := range []string{"told", "request for http://127.0.0.1:9/x"} {
		if !strings.Contains(all, wanted) {
			t.Errorf("%q is not told:\n%s", wanted, all)
		}
	}
	var width int
	if b.run("document.documentElement.scrollWidth", &width); width <= 360 {
		t.Errorf("the width is %d", width)
	}
	var pale []string
	if b.run(contrasts, &pale); len(pale) != 1 {
		t.Errorf("too pale: %q", pale)
	}
}

// contrasts lists the texts with less contrast to what is behind them than WCAG 2 asks for at level AA.
const contrasts = `(() => {
	const parse = c => { const m = c.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m };
	const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b };
	const found = new Set(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const e = walker.currentNode.parentElement;
		if (!walker.currentNode.textContent.trim() || e.closest('script,style,title,desc') || !e.checkVisibility()) continue;
		const s = getComputedStyle(e), ink = parse(e.namespaceURI.includes('svg') ? s.fill : s.color);
		let behind = e, ground = [255, 255, 255, 1];
		for (; behind; behind = behind.parentElement) {
			const c = parse(getComputedStyle(behind).backgroundColor);
			if (c[3] > 0) { ground = c; break }
		}
		const a = light(ink.slice(0, 3)), b = light(ground.slice(0, 3)), ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
		const size = parseFloat(s.fontSize), large = size >= 24 || size >= 18.66 && s.fontWeight >= 700;
		if (ratio < (large ? 3 : 4.5)) found.add(walker.currentNode.textContent.trim().slice(0, 40) + ': ' + ratio.toFixed(2));
	}
	return [...found];
})()`

// Every page, light on a telephone and dark on a wide screen: neither changes what the other does.
func everyPage(t *testing.T, b *browser) {
	for name, draw := range pages {
		page := draw(t)
		for scheme, width := range map[string]int{"light": 360, "dark": 1100} {
			name := fmt.Sprintf("%s, %s, %d", name, scheme, width)
			b.media(scheme, width)
			b.open(page)
			var ground string
			if b.run("getComputedStyle(document.body).backgroundColor", &ground); (ground == "rgb(255, 255, 255)") != (scheme == "light") {
				t.Errorf("%s: the ground is %s", name, ground)
			}
			var pale []string
			if b.run(contrasts, &pale); len(pale) > 0 {
				t.Errorf("%s: too pale: %q", name, pale)
			}
			var scrolls int
			if b.run("document.documentElement.scrollWidth", &scrolls); scrolls > width {
				t.Errorf("%s: it is %d wide", name, scrolls)
			}
			b.quiet(name)
		}
	}
}

// Whatever is in the file, it is text: the browser has made nothing else of it.
func hostileTexts(t *testing.T, b *browser) {
	b.open(pages["hostile.html"](t))
	var found struct {
		Strange, Handlers, Comments int
		Title, Cell                 string
	}
	b.run(`(() => {
		const all = [...document.querySelectorAll('*')], comments = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
		let n = 0; while (comments.nextNode()) n++;
		return { strange: document.querySelectorAll('img,iframe,object,embed,form,base,link,a:not([href^="#"])').length + document.scripts.length - 1,
			handlers: all.filter(e => [...e.attributes].some(a => a.name.startsWith('on') || a.name === 'style')).length, comments: n,
			title: document.querySelector('h1').textContent, cell: document.querySelector('#people tbody tr td:nth-child(3)').textContent };
	})()`, &found)
	want := text.Clean(hostile)
	if found.Strange+found.Handlers+found.Comments != 0 || found.Title != want || found.Cell != want {
		t.Errorf("%+v", found)
	}
	b.quiet("hostile")
}

// visible lists what stands in a column of the recipients that are shown.
func (b *browser) visible(column int) (cells []string) {
	b.t.Helper()
	b.run(fmt.Sprintf(`[...document.querySelectorAll('#people tbody tr')].filter(r => r.checkVisibility()).map(r => `+
		`r.cells[%d].textContent)`, column), &cells)
	return cells
}

func searches(t *testing.T, b *browser) {
	found := func(shown string) string { return words.English().ReportFound(shown, "134") }
	b.open(pages["unmasked.html"](t))
	for _, test := range []struct {
		text, says string
		rows       int
	}{
		{"refused", found("6"), 6}, {"jerome PETIT", found("19"), 19}, {"131049 held", found("2"), 2},
		{"nobody", found("0"), 0}, {"<b>", found("0"), 0}, {"987002", found("1"), 1}, {"", "", 134},
	} {
		b.search(test.text)
		var says string
		b.run("document.getElementById('found').textContent", &says)
		if shown := len(b.visible(0)); shown != test.rows || says != test.says {
			t.Errorf("%q: %d rows, %q", test.text, shown, says)
		}
	}
	b.quiet("search")
}

func sorts(t *testing.T, b *browser) {
	b.open(pages["unmasked.html"](t))
	sort := func(column int) (cells []string, sorted string) {
		b.run(fmt.Sprintf(`(() => { const b = document.querySelectorAll('#people thead button')[%d]; b.focus(); return true })()`, column), nil)
		for _, kind := range []string{"keyDown", "keyUp"} { // as who has no mouse
			b.call("Input.dispatchKeyEvent", map[string]any{"type": kind, "key": "Enter", "code": "Enter", "text": "\r",
				"windowsVirtualKeyCode": 13})
		}
		b.run(`[...document.querySelectorAll('#people thead th')].map(h => h.getAttribute('aria-sort') || '-').join(' ')`, &sorted)
		return b.visible(column), sorted
	}
	rows, sorted := sort(0)
	if rows[0] != "2" || rows[98] != "100" || rows[133] != "135" || !strings.HasPrefix(sorted, "ascending - -") {
		t.Errorf("rows: %v (%s)", rows, sorted)
	}
	rows, sorted = sort(0)
	if rows[0] != "135" || rows[133] != "2" || !strings.HasPrefix(sorted, "descending - -") {
		t.Errorf("rows, down: %v (%s)", rows, sorted)
	}
	names, sorted := sort(2)
	if names[0] != "Anaïs Le Goff" || names[19] != "Élodie" || names[133] != "" || !strings.HasPrefix(sorted, "- - ascending -") {
		t.Errorf("names: %q (%s)", names, sorted)
	}
	times, _ := sort(6)
	if times[133] != "21 Nov 2026, 09:05:56 +01:00" || !slices.IsSortedFunc(times[4:], func(x, y string) int {
		a, _ := time.Parse("2 Jan 2006, 15:04:05 -07:00", x)
		b, _ := time.Parse("2 Jan 2006, 15:04:05 -07:00", y)
		return a.Compare(b)
	}) {
		t.Errorf("times: %q", times)
	}
	b.search("refused") // what is hidden stays hidden
	if _, sorted := sort(0); len(b.visible(0)) != 6 || !strings.HasPrefix(sorted, "ascending") {
		t.Errorf("%d rows, %s", len(b.visible(0)), sorted)
	}
	b.quiet("sort")
}

// Without JavaScript only search and sort are missing.
func withoutScript(t *testing.T, b *browser) {
	b.call("Emulation.setScriptExecutionDisabled", map[string]any{"value": true})
	b.open(pages["finished.html"](t))
	b.call("Emulation.setScriptExecutionDisabled", map[string]any{"value": false})
	var found struct {
		Rows, Buttons, Bars int
		Search              bool
	}
	b.run(`({ rows: [...document.querySelectorAll('#people tbody tr')].filter(r => r.checkVisibility()).length, buttons: document.querySelectorAll('button').length,
		bars: document.querySelectorAll('.chart rect.accepted').length, search: document.getElementById('search').checkVisibility() })`, &found)
	if found.Rows != 134 || found.Buttons != 0 || found.Bars < 3 || found.Search {
		t.Errorf("%+v", found)
	}
}

// Printed from a dark screen, it is black on white, nothing scrolls, and what only works on a screen is gone.
func printed(t *testing.T, b *browser) {
	b.open(pages["finished.html"](t))
	// A4 less its margins
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": 680, "height": 960, "deviceScaleFactor": 1, "mobile": false})
	b.call("Emulation.setEmulatedMedia", map[string]any{"media": "print",
		"features": []map[string]string{{"name": "prefers-color-scheme", "value": "dark"}}})
	var found struct {
		Ground, Head, Sort string
		Width, Cut, Screen int
	}
	b.run(`({ ground: getComputedStyle(document.body).backgroundColor, head: getComputedStyle(document.querySelector('#people thead')).display,
		sort: getComputedStyle(document.querySelector('#people thead button')).display,
		width: document.documentElement.scrollWidth, cut: [...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1).length,
		screen: [...document.querySelectorAll('nav,.skip,.search')].filter(e => e.checkVisibility()).length })`, &found)
	// Chromium repeats no header with a button's box in it
	if found.Ground != "rgb(255, 255, 255)" || found.Head != "table-header-group" || found.Sort != "contents" ||
		found.Width > 680 || found.Cut+found.Screen > 0 {
		t.Errorf("%+v", found)
	}
	b.open(pages["unmasked.html"](t)) // which has a column more
	var lines float64
	if b.run(`Math.max(...[...document.querySelectorAll('#people :is(td.hash, td[data-sort])')].filter(c => `+
		`c.textContent).map(c => { const r = document.createRange(); r.selectNodeContents(c); `+
		`return new Set([...r.getClientRects()].map(l => l.top)).size }))`, &lines); lines > 3 {
		t.Errorf("a key or a time takes %.0f lines", lines)
	}
	var wide int
	if b.run("Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll('.scroll')].map(e => "+
		"e.scrollWidth))", &wide); wide > 680 {
		t.Errorf("unmasked, it is %d wide", wide)
	}
	b.open(pages["finished.html"](t))
	var pdf struct{ Data []byte }
	b.ask("Page.printToPDF", map[string]any{"printBackground": true, "preferCSSPageSize": true}, &pdf)
	if pages := bytes.Count(pdf.Data, []byte("/Type /Page\n")); !bytes.HasPrefix(pdf.Data, []byte("%PDF")) || pages < 3 || pages > 12 {
		t.Errorf("%d pages", pages)
	}
}
