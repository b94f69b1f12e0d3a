package kanal

import (
	"net/netip"
	"net/url"
	"strings"
)

// parseBaseURL returns the base URL without a trailing slash. http is for
// loopback only, since a key must not cross a network in clear. What it says
// of a URL never quotes more than its host: people paste secrets anywhere.
func parseBaseURL(text string) (string, *ConfigError) {
	text = strings.TrimSpace(text)
	if text == "" {
		return DefaultBaseURL, nil
	}
	base, err := url.Parse(text)
	if err != nil { // it quotes the whole text
		return "", &ConfigError{Fault: FaultURLInvalid}
	}
	switch {
	case base.User != nil:
		return "", &ConfigError{Fault: FaultURLUser}
	case base.Scheme != "http" && base.Scheme != "https":
		return "", &ConfigError{Fault: FaultURLScheme}
	case base.Hostname() == "":
		return "", &ConfigError{Fault: FaultURLNoHost}
	case base.RawQuery != "" || base.ForceQuery || base.Fragment != "":
		return "", &ConfigError{Fault: FaultURLQuery, Host: base.Host}
	case base.Scheme == "http" && !isLoopback(base.Hostname()):
		return "", &ConfigError{Fault: FaultURLClear, Host: base.Host}
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
