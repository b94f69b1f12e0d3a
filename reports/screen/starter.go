package screen

import "kanal-campaign/campaign"

// StarterWritten says what to do with a starter file.
func StarterWritten(f Face, path string, check campaign.Command) {
	p := f.page()
	p.text(0, p.StarterWritten(together(path)))
	p.text(0, p.StarterNext())
	p.next(2, check)
	p.show()
}
