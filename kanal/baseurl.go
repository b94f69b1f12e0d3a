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

// showURL is what may be shown of a base URL, whatever a person pasted into it.
func showURL(text string) string {
	base, err := url.Parse(text)
	switch {
	case text == "":
		return ""
	case err != nil || base.Hostname() == "":
		return redacted
	case base.User != nil || base.RawQuery != "" || base.Fragment != "":
		return base.Scheme + "://" + base.Host + "/" + redacted
	}
	return text
}
