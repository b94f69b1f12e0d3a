package reports

import "kanal-campaign/campaign"

// StarterWritten says what to do with a starter file.
func StarterWritten(f Face, path string, check campaign.Command) {
	p := f.page()
	p.path("Written:", len("Written: "), path)
	p.text(0, "Put one recipient into each row in place of the example, then check the file. --country says where numbers "+
		"without a country code belong: FR, BE, CH…")
	p.next(2, check)
	p.show()
}
