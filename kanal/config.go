package kanal

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	// DefaultBaseURL is where the API page places the API.
	DefaultBaseURL = "https://api.getkanal.com"
	// DefaultTimeout is the time that one try may take, reading included.
	DefaultTimeout = 60 * time.Second

	defaultUserAgent = "kanal-campaign"
	// idleLife is shorter than the 60 s after which common servers close an
	// idle connection: a request that meets such a close is in doubt.
	idleLife = 30 * time.Second
)

// Config says how to reach the API. Only Key is required.
type Config struct {
	// BaseURL is where the API stands; empty is DefaultBaseURL. It is https,
	// or http for a loopback host, and carries no user, query or fragment.
	BaseURL string
	// Key is the bearer key. White space around it is dropped.
	Key string `json:"-"`
	// Transport sends the requests; nil is a transport of the client's own,
	// which honours HTTP_PROXY, HTTPS_PROXY and NO_PROXY. Another transport
	// must not send a request twice, and shows that a request may have left
	// by reading its body.
	Transport http.RoundTripper
	// Timeout bounds one try, the reading of the answer included; zero is
	// DefaultTimeout.
	Timeout time.Duration
	// UserAgent is the User-Agent header; empty is the program's name.
	UserAgent string
}

// Format prints a Config without its key, whatever the verb.
func (c Config) Format(state fmt.State, _ rune) {
	key := ""
	if c.Key != "" {
		key = redacted
	}
	fmt.Fprintf(state, "kanal.Config{BaseURL:%q, Key:%q, Timeout:%s, UserAgent:%q}",
		hideUser(c.BaseURL), key, c.Timeout, c.UserAgent)
}

// New returns a client of the API. It sends nothing. It fails on a base URL
// or a key that no request could be made with; its errors never hold the key.
func New(config Config) (*Client, error) {
	base, err := parseBaseURL(config.BaseURL)
	if err != nil {
		return nil, err
	}
	key := strings.TrimSpace(config.Key)
	if err := checkKey(key); err != nil {
		return nil, err
	}
	if config.Timeout < 0 {
		return nil, fmt.Errorf("kanal: the timeout is negative: %s", config.Timeout)
	}
	client := &Client{
		base:      base,
		key:       newSecret(key),
		transport: config.Transport,
		timeout:   config.Timeout,
		userAgent: config.UserAgent,
	}
	if client.transport == nil {
		client.transport = newTransport()
	}
	if client.timeout == 0 {
		client.timeout = DefaultTimeout
	}
	if client.userAgent == "" {
		client.userAgent = defaultUserAgent
	}
	return client, nil
}

// newTransport clones the standard transport, with which it shares proxies
// and dial timeouts, but no connection.
func newTransport() *http.Transport {
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment}
	if standard, ok := http.DefaultTransport.(*http.Transport); ok {
		transport = standard.Clone()
	}
	transport.MaxIdleConnsPerHost = 16
	transport.IdleConnTimeout = idleLife
	return transport
}

// parseBaseURL returns the base URL without a trailing slash. http is for
// loopback only, since a key must not cross a network in clear.
func parseBaseURL(text string) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return DefaultBaseURL, nil
	}
	base, err := url.Parse(text)
	if err != nil {
		// The parser's error quotes the whole text, which may hold a password.
		return "", errors.New("kanal: the base URL cannot be parsed")
	}
	switch {
	case base.User != nil:
		return "", errors.New("kanal: the base URL must not carry a user or a password")
	case base.Hostname() == "":
		return "", fmt.Errorf("kanal: the base URL %q names no host", text)
	case base.RawQuery != "" || base.Fragment != "":
		return "", fmt.Errorf("kanal: the base URL of host %q must not carry a query or a fragment", base.Host)
	case base.Scheme == "http" && !isLoopback(base.Hostname()):
		return "", fmt.Errorf("kanal: the base URL %q must be https: http is for loopback hosts only", text)
	case base.Scheme != "http" && base.Scheme != "https":
		return "", fmt.Errorf("kanal: the base URL %q must begin with https://", text)
	}
	return strings.TrimRight(base.String(), "/"), nil
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// checkKey refuses what could not stand in a header, without quoting it.
func checkKey(key string) error {
	if key == "" {
		return errors.New("kanal: there is no API key")
	}
	if !isPlain(key) {
		return errors.New("kanal: the API key holds a space, a control character or a letter outside ASCII")
	}
	return nil
}

// isPlain reports whether a header may carry the text as it is: visible ASCII.
func isPlain(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] <= ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// hideUser drops what stands between the scheme and the last @ of a URL.
func hideUser(text string) string {
	if at := strings.LastIndex(text, "@"); at >= 0 {
		return redacted + text[at:]
	}
	return text
}
