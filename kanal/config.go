package kanal

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

const (
	// DefaultBaseURL is where the API page places the API.
	DefaultBaseURL = "https://api.getkanal.com"
	// DefaultTimeout is the time that one try may take, reading included.
	DefaultTimeout = 60 * time.Second
	// LongestTimeout is more time than any answer takes: a longer Timeout is
	// refused.
	LongestTimeout = 5 * time.Minute

	defaultUserAgent = "kanal-campaign"
)

// What New refuses. Its other errors are the caller's own mistakes.
var (
	// ErrBaseURL is wrapped by what is said about a base URL. Neither the
	// URL's user nor its password nor its query stands in it.
	ErrBaseURL = errors.New("kanal: the base URL cannot be used")
	// ErrKey is wrapped by what is said about a key, which never quotes it.
	ErrKey = errors.New("kanal: the API key cannot be used")
)

// Config says how to reach the API. Only Key is required.
type Config struct {
	// BaseURL is where the API stands; empty is DefaultBaseURL. It is https,
	// or http for a loopback host, and carries no user, query or fragment.
	BaseURL string
	// Key is the bearer key. White space around it is dropped.
	Key string `json:"-"`
	// Transport sends the requests; nil is a transport of the client's own,
	// which honours HTTPS_PROXY and NO_PROXY for https, and reaches nothing but
	// loopback addresses, without a proxy, for http. Another transport
	// must not send a request twice, and shows that a request may have left
	// by reading its body.
	Transport http.RoundTripper
	// Timeout bounds one try, the reading of the answer included; zero is
	// DefaultTimeout. It is at most LongestTimeout.
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
		newSecret(c.Key).redact(showURL(c.BaseURL)), key, c.Timeout, c.UserAgent)
}

// New returns a client of the API. It sends nothing. It fails on a base URL
// (ErrBaseURL) or a key (ErrKey) that no request could be made with; its
// errors never hold the key.
func New(config Config) (*Client, error) {
	key := strings.TrimSpace(config.Key)
	base, err := parseBaseURL(config.BaseURL)
	if err != nil {
		return nil, newSecret(key).redactError(err)
	}
	if err := checkKey(key); err != nil {
		return nil, err
	}
	if config.Timeout < 0 || config.Timeout > LongestTimeout {
		return nil, fmt.Errorf("kanal: the timeout is not from 0 to %s: %s", LongestTimeout, config.Timeout)
	}
	client := &Client{
		base:      base,
		key:       newSecret(key),
		transport: config.Transport,
		timeout:   config.Timeout,
		userAgent: config.UserAgent,
	}
	if client.transport == nil {
		client.transport = newTransport(strings.HasPrefix(base, "http:"))
	}
	if client.timeout == 0 {
		client.timeout = DefaultTimeout
	}
	if client.userAgent == "" {
		client.userAgent = defaultUserAgent
	}
	return client, nil
}

// checkKey refuses what could not stand in a header, without quoting it.
func checkKey(key string) error {
	if key == "" {
		return fmt.Errorf("%w: there is none", ErrKey)
	}
	if !isPlain(key) {
		return fmt.Errorf("%w: it holds a space, a line break or a character outside ASCII", ErrKey)
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
