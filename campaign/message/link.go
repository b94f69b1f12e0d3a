package message

import (
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strings"

	"kanal-campaign/campaign/text"
)

// pages are the hosts whose links lead to a page about a file, where people share files and pictures.
var pages = []string{
	"drive.google.com", "docs.google.com", "photos.google.com", "photos.app.goo.gl", "onedrive.live.com", "1drv.ms", "sharepoint.com",
	"dropbox.com", "we.tl", "wetransfer.com", "icloud.com", "box.com", "mega.nz", "swisstransfer.com", "grosfichiers.com", "smash.com", "fromsmash.com",
	"canva.com", "figma.com", "imgur.com", "flickr.com", "giphy.com", "pinterest.com", "unsplash.com", "youtube.com", "youtu.be", "vimeo.com",
	"dailymotion.com", "loom.com", "tiktok.com", "instagram.com", "facebook.com", "fb.watch", "linkedin.com", "x.com", "twitter.com", "notion.so",
	"trello.com", "google.com",
}

// fileHosts are those of the same names that give the file itself.
var fileHosts = text.Pattern(`^(?:dl\.dropboxusercontent\.com|dl\.dropbox\.com|i\.imgur\.com|lh\d\.google\.com|storage\.(?:cloud\.)?google\.com|` +
	`images\.unsplash\.com|i\.giphy\.com|media\d*\.giphy\.com|live\.staticflickr\.com|i\.vimeocdn\.com)$`)

// isPage reports whether a link leads to a page about a file, or to a place that only this computer or network reaches: Kanal
// gets no file there.
func isPage(link *url.URL) bool {
	host := strings.TrimSuffix(strings.ToLower(link.Hostname()), ".")
	if isPrivate(host) {
		return true
	}
	query := link.Query()
	switch {
	case fileHosts().MatchString(host):
		return false
	case host == "drive.google.com" && (link.Path == "/uc" || link.Path == "/thumbnail"), query.Get("export") == "download":
		return false
	case strings.HasSuffix(host, "dropbox.com") && (query.Get("dl") == "1" || query.Get("raw") == "1"):
		return false
	case strings.HasSuffix(host, ".sharepoint.com") && query.Get("download") == "1":
		return false
	}
	return slices.ContainsFunc(pages, func(page string) bool { return host == page || strings.HasSuffix(host, "."+page) })
}

func isPrivate(host string) bool {
	if address, err := netip.ParseAddr(host); err == nil {
		return address.IsLoopback() || address.IsPrivate() || address.IsLinkLocalUnicast() || address.IsUnspecified()
	}
	return !strings.Contains(host, ".") || slices.ContainsFunc([]string{".localhost", ".local", ".lan", ".internal", ".home", ".intranet", ".test"},
		func(ending string) bool { return strings.HasSuffix(host, ending) })
}

// fileEnding is the ending of the file that a link names, in small letters; "" for none.
func fileEnding(link *url.URL) string {
	return strings.TrimPrefix(strings.ToLower(path.Ext(link.Path)), ".")
}

// foreignEnding reports whether an ending is that of a file or page of a known kind.
func foreignEnding(ending string) bool {
	for _, known := range endings {
		if slices.Contains(known, ending) {
			return true
		}
	}
	return slices.Contains([]string{"webp", "gif", "svg", "heic", "heif", "avif", "bmp", "tif", "tiff", "ico", "psd", "ai", "eps", "mov", "avi", "mkv",
		"webm", "wmv", "m4v", "wav", "flac", "html", "htm", "php", "asp", "aspx", "jsp"}, ending)
}
