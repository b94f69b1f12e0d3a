package htmlreport

import (
	"math"
	"time"

	"kanal-campaign/reports/screen"
	"kanal-campaign/reports/words"
)

// The chart's measures, in units of its view box.
const (
	chartWidth  = 720.0
	chartHeight = 240.0
	plotLeft    = 40.0
	plotRight   = 708.0
	plotTop     = 26.0
	plotBottom  = 190.0

	mostBars   = 180
	widestBar  = 160.0 // so a short campaign's few bars do not read as a wall; the axes end with them
	widestGap  = 48.0  // of a pause
	gapsShare  = 0.4   // of the width that all pauses take at the most
	labelSpace = 58.0  // that a time needs below the axis
)

// chart is the pace over time, ready to be drawn. Pauses take the same width, however long they are.
type chart struct {
	words                                   *words.Words
	Width, Height, Left, Right, Top, Bottom float64
	Every                                   string // a sentence: the time that a bar stands for
	Bars                                    []bar
	Pauses                                  []pause
	Starts                                  []mark
	Ticks                                   []tick // of the axis of requests
	Times                                   []mark // below the axis
}

type bar struct {
	X, Width              float64
	AcceptedY, AcceptedH  float64
	OtherY, OtherH        float64
	From                  time.Time
	Accepted, Other, Mins int
}

type pause struct {
	X, Width, Middle float64
	Letter           string
}

type mark struct {
	X           float64
	Text, Below string
	Anchor      string
}

type tick struct {
	Y    float64
	Text string
}

// barSpans are the times that a bar may stand for.
var barSpans = []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 24 * time.Hour}

func chartOf(w *words.Words, t screen.Timeline) chart {
	c := chart{words: w, Width: chartWidth, Height: chartHeight, Left: plotLeft, Right: plotRight, Top: plotTop, Bottom: plotBottom}
	if len(t.Stretches) == 0 {
		return c
	}
	span := barSpans[len(barSpans)-1]
	for _, s := range barSpans {
		if t.Busy <= mostBars*s {
			span = s
			break
		}
	}
	c.Every = everyText(w, span)
	bars, pauses := 0, 0
	for _, s := range t.Stretches {
		if s.Pause != "" {
			pauses++
			continue
		}
		bars += barsOf(s, span)
	}
	gap := math.Min(widestGap, (plotRight-plotLeft)*gapsShare/math.Max(1, float64(pauses)))
	width := math.Min(widestBar, (plotRight-plotLeft-gap*float64(pauses))/float64(bars))
	c.draw(t, span, width, gap)
	return c
}

func barsOf(s screen.Stretch, span time.Duration) int {
	return int(math.Ceil(float64(s.To.Sub(s.From)) / float64(span)))
}

// draw lays the stretches out from left to right.
func (c *chart) draw(t screen.Timeline, span time.Duration, width, gap float64) {
	x, labelled, day := plotLeft, math.Inf(-1), ""
	label := func(at time.Time, x float64, anchor string) {
		from := x
		if anchor == "end" {
			from -= labelSpace
		}
		if from-labelled < labelSpace {
			return
		}
		m := mark{X: x, Text: c.words.Clock(at), Anchor: anchor}
		if d := c.words.Day(at, at); d != day {
			m.Below, day = d, d
		}
		c.Times, labelled = append(c.Times, m), x
	}
	starts := t.Starts
	for _, s := range t.Stretches {
		if s.Pause != "" {
			c.Pauses = append(c.Pauses, pause{X: x, Width: gap, Middle: x + gap/2, Letter: letter(len(c.Pauses))})
			x += gap
			continue
		}
		label(s.From, x, "start")
		place := func(at time.Time) float64 { return x + width*float64(at.Sub(s.From))/float64(span) }
		for len(starts) > 0 && starts[0].Before(s.To) {
			c.Starts = append(c.Starts, mark{X: math.Max(x, place(starts[0]))})
			starts = starts[1:]
		}
		c.addBars(s, span, x, width)
		x += width * float64(barsOf(s, span))
	}
	last := t.Stretches[len(t.Stretches)-1].To
	c.Right = x
	label(last, x, "end")
	c.scale()
}

func (c *chart) addBars(s screen.Stretch, span time.Duration, x, width float64) {
	first := len(c.Bars)
	for i := range barsOf(s, span) {
		from := s.From.Add(time.Duration(i) * span)
		mins := int(min(span, s.To.Sub(from)) / time.Minute)
		c.Bars = append(c.Bars, bar{X: x + width*float64(i), Width: math.Max(0.5, width-math.Min(1.5, width/5)), From: from, Mins: max(1, mins)})
	}
	for _, m := range s.Minutes {
		b := &c.Bars[first+int(m.Start.Sub(s.From)/span)]
		b.Accepted += m.Accepted
		b.Other += m.Other
	}
}

// scale gives the bars their heights: requests a minute, on an axis that ends at a round number.
func (c *chart) scale() {
	most := 1.0
	for _, b := range c.Bars {
		most = math.Max(most, float64(b.Accepted+b.Other)/float64(b.Mins))
	}
	step := niceStep(most / 3)
	top := math.Ceil(most/step) * step
	height := func(n, mins int) float64 {
		return (plotBottom - plotTop) * float64(n) / float64(mins) / top
	}
	for i := range c.Bars {
		b := &c.Bars[i]
		b.AcceptedH, b.OtherH = height(b.Accepted, b.Mins), height(b.Other, b.Mins)
		b.AcceptedY = plotBottom - b.AcceptedH
		b.OtherY = b.AcceptedY - b.OtherH
	}
	for value := 0.0; value <= top; value += step {
		c.Ticks = append(c.Ticks, tick{Y: plotBottom - (plotBottom-plotTop)*value/top, Text: c.words.Number(int(value))})
	}
}

// niceStep is the smallest of 1, 2, 5, 10, 20, 50… that is not less.
func niceStep(least float64) float64 {
	for unit := 1.0; ; unit *= 10 {
		for _, factor := range []float64{1, 2, 5} {
			if unit*factor >= least {
				return unit * factor
			}
		}
	}
}

func everyText(w *words.Words, span time.Duration) string {
	if span < time.Hour {
		return w.ChartEveryMinutes(int(span / time.Minute))
	}
	return w.ChartEveryHours(int(span / time.Hour))
}

// letter names a pause, in the chart and in the table below it.
func letter(n int) string { return string(rune('A' + n%26)) }

// Letter names the pause that is the nth stretch of a timeline.
func (v view) Letter(n int) string {
	pauses := 0
	for _, s := range v.Timeline.Stretches[:n] {
		if s.Pause != "" {
			pauses++
		}
	}
	return letter(pauses)
}
