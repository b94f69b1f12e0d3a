package audience_test

import (
	"bytes"
	"errors"
	"testing"

	"kanal-campaign/campaign/audience"
)

func TestWriterQuotesAndEnds(t *testing.T) {
	for _, tc := range []struct {
		dialect audience.Dialect
		record  []string
		want    string
	}{
		{audience.Dialect{}, []string{"a", "b,c", `d"e`, "f\ng", "", " h"}, "a,\"b,c\",\"d\"\"e\",\"f\ng\",,\" h\"\n"},
		{audience.Dialect{Delimiter: ';', Ending: "\r\n"}, []string{"a", "b,c", "f\ng", "h;i"}, "a;b,c;\"f\ng\";\"h;i\"\r\n"},
		{audience.Dialect{Delimiter: ',', Ending: "\r"}, []string{"a", "f\ng"}, "a,\"f\ng\"\r"},
		{audience.Dialect{Delimiter: ','}, []string{"e\rf", "f\r\ng", "h\r"}, "\"e\rf\",\"f\r\ng\",\"h\r\"\n"},
		{audience.Dialect{BOM: true}, []string{"é"}, "\xef\xbb\xbfé\n"},
		{audience.Dialect{Encoding: audience.Windows1252}, []string{"é€\u0081"}, "\xe9\x80\x81\n"},
		{audience.Dialect{Encoding: audience.MacRoman}, []string{"é€"}, "\x8e\xdb\n"},
		{audience.Dialect{Encoding: audience.UTF16LE, BOM: true}, []string{"é😀"}, "\xff\xfe\xe9\x00\x3d\xd8\x00\xde\n\x00"},
		{audience.Dialect{Encoding: audience.UTF16BE}, []string{"é"}, "\x00\xe9\x00\n"},
	} {
		if got := write(t, tc.dialect, tc.record); got != tc.want {
			t.Errorf("%+v: got %q, want %q", tc.dialect, got, tc.want)
		}
	}
}

func TestUnencodable(t *testing.T) {
	var out bytes.Buffer
	d := audience.Dialect{Delimiter: ';', Encoding: audience.Windows1252, Ending: "\r\n"}
	w := audience.NewWriter(&out, d)
	if err := w.Write([]string{"Zoé", "ok"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Write([]string{"Zoé", "😀"}); !errors.Is(err, audience.ErrUnencodable) {
		t.Fatal(err)
	}
	w.Flush()
	if err := w.Error(); err != nil || out.String() != "Zo\xe9;ok\r\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
	if got := write(t, d.UTF8(), []string{"Zoé", "😀"}); got != "\xef\xbb\xbfZoé;😀\r\n" {
		t.Errorf("%q", got)
	}
}

type full struct{}

var errFull = errors.New("disk full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriterKeepsTheDestinationsError(t *testing.T) {
	w := audience.NewWriter(full{}, audience.Dialect{})
	if err := w.Write([]string{"a"}); err != nil {
		t.Fatal("it buffers:", err)
	}
	w.Flush()
	if !errors.Is(w.Error(), errFull) || !errors.Is(w.Write([]string{"b"}), errFull) {
		t.Error(w.Error())
	}
}

func TestWriterRefusesAnUnknownEncoding(t *testing.T) {
	w := audience.NewWriter(&bytes.Buffer{}, audience.Dialect{Encoding: "klingon"})
	if faultOf(t, w.Write([]string{"a"})).Code != audience.FileEncodingUnknown {
		t.Error(w.Error())
	}
}
