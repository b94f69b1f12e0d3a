package kanal

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"
)

// parseBaseURL returns the base URL without a trailing slash. http is for
// loopback only, since a key must not cross a network in clear. What it says
// of a URL never quotes more than its host: people paste secrets anywhere.
func parseBaseURL(text string) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return DefaultBaseURL, nil
	}
	base, err := url.Parse(text)
	if err != nil { // it quotes the whole text
		return "", fmt.Errorf("%w: it is no URL", ErrBaseURL)
	}
	switch {
	case base.User != nil:
		return "", fmt.Errorf("%w: it carries a user or a password", ErrBaseURL)
	case base.Scheme != "http" && base.Scheme != "https":
		return "", fmt.Errorf("%w: it does not begin with https://", ErrBaseURL)
	case base.Hostname() == "":
		return "", fmt.Errorf("%w: it names no host", ErrBaseURL)
	case base.RawQuery != "" || base.ForceQuery || base.Fragment != "":
		return "", fmt.Errorf("%w: behind the host %s it carries a query or a fragment", ErrBaseURL, base.Host)
	case base.Scheme == "http" && !isLoopback(base.Hostname()):
		return "", fmt.Errorf("%w: it sends the key to the host %s in clear, with http in place of https", ErrBaseURL, base.Host)
	}
	return strings.TrimRight(base.String(), "/"), nil
}

// isLoopback knows this computer by its usual names only. Other spellings of
// the same addresses (in octal, as one number, mapped to IPv6) are read
// differently by different programs, and nobody needs them.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Zone() == "" && !ip.Is4In6() && ip.IsLoopback()
}

// hideUser drops what stands between the scheme and the last @ of a URL, and
// its query.
func hideUser(text string) string {
	if before, _, found := strings.Cut(text, "?"); found {
		text = before + "?" + redacted
	}
	if at := strings.LastIndex(text, "@"); at >= 0 {
		return redacted + text[at:]
	}
	return text
}
