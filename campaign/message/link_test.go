package message

import (
	"net/url"
	"testing"

	"kanal-campaign/campaign/problem"
	"kanal-campaign/kanal"
)

func TestLinksThatAreNoFiles(t *testing.T) {
	for link, want := range map[string]problem.Code{
		"https://drive.google.com/file/d/1AbC/view?usp=sharing": LinkPage, "https://docs.google.com/document/d/1AbC/edit": LinkPage,
		"https://www.dropbox.com/s/abc/photo.jpg?dl=0": LinkPage, "https://we.tl/t-abc": LinkPage, "https://1drv.ms/i/s!abc": LinkPage,
		"https://acme.sharepoint.com/:i:/g/a.jpg": LinkPage, "https://imgur.com/abc": LinkPage, "https://www.canva.com/design/abc/view": LinkPage,
		"https://photos.app.goo.gl/abc": LinkPage, "https://www.instagram.com/p/abc/": LinkPage, "https://youtu.be/abc": LinkPage,
		"https://localhost/a.jpg": LinkPage, "https://127.0.0.1/a.jpg": LinkPage, "https://[::1]/a.jpg": LinkPage, "https://192.168.1.10/a.jpg": LinkPage,
		"https://nas.local/a.jpg": LinkPage, "https://intranet/a.jpg": LinkPage, "https://10.0.0.5:8080/a.jpg": LinkPage,
		"https://example.com/a.webp": LinkExtension, "https://example.com/a.gif": LinkExtension, "https://example.com/a.HEIC?x=1": LinkExtension,
		"https://example.com/a.html": LinkExtension, "https://example.com/a.pdf": LinkExtension,
		"https://example.com/a.jpg": "", "https://example.com/a.PNG?x=1": "", "https://www.dropbox.com/s/abc/photo.jpg?dl=1": "",
		"https://drive.google.com/uc?id=abc&name=a.jpg": "-", "https://i.imgur.com/abc.jpg": "", "https://lh3.googleusercontent.com/abc.jpg": "",
		"https://toolbox.com/a.jpg": "", "https://93.184.216.34/a.jpg": "",
	} {
		free, problems := FreeFormMessage(FreeForm{Type: kanal.TypeImage, Link: link})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		template := TemplateMessage(kanal.Template{Certain: true, Header: kanal.Header{Format: kanal.FormatImage},
			Variables: []kanal.Variable{{Name: "image", In: kanal.InHeader, Media: true}}})
		for which, found := range map[string][]problem.Problem{"free-form": free.Problems(), "template": template.Judge([]string{link})} {
			var got problem.Code
			for _, p := range found {
				if got = p.Code; p.Severity != problem.Warning {
					t.Errorf("%s: %+v", link, p)
				}
			}
			wanted := want
			if want == "-" { // a file without an ending: only a free-form message says so, as for every link
				if wanted = ""; which == "free-form" {
					wanted = LinkExtension
				}
			}
			if got != wanted {
				t.Errorf("%s, %s: %q, want %q", link, which, got, wanted)
			}
		}
	}
}

// FuzzLink: no link makes a judgement panic.
func FuzzLink(f *testing.F) {
	f.Add("https://drive.google.com/file/d/1AbC/view")
	f.Add("https://[::1]:x/%zz")
	f.Fuzz(func(_ *testing.T, link string) {
		if parsed, err := url.Parse(link); err == nil {
			isPage(parsed)
			fileEnding(parsed)
		}
	})
}
