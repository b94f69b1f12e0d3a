package kanal

import (
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

// ConfigFault names what is wrong with a base URL or a key.
type ConfigFault string

// The faults of base URLs and of keys.
const (
	FaultURLInvalid    ConfigFault = "url-invalid"
	FaultURLUser       ConfigFault = "url-user"   // it carries a user or a password
	FaultURLScheme     ConfigFault = "url-scheme" // it is neither https nor http
	FaultURLNoHost     ConfigFault = "url-no-host"
	FaultURLQuery      ConfigFault = "url-query" // behind Host it carries a query or a fragment
	FaultURLClear      ConfigFault = "url-clear" // it would send the key to Host in clear
	FaultKeyMissing    ConfigFault = "key-missing"
	FaultKeyCharacters ConfigFault = "key-characters" // a space, a line break or a character outside ASCII
)

// OfKey tells a fault of the key from one of the base URL.
func (f ConfigFault) OfKey() bool { return f == FaultKeyMissing || f == FaultKeyCharacters }

// ConfigError is a base URL or a key that no request could be made with. Of
// what people may have pasted it holds nothing but the host, without the key.
type ConfigError struct {
	Fault ConfigFault
	Host  string
}

func (e *ConfigError) Error() string {
	if e.Host == "" {
		return "kanal: " + string(e.Fault)
	}
	return "kanal: " + string(e.Fault) + ": " + e.Host
}

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

// New returns a client of the API. It sends nothing. It fails with a
// *ConfigError on a base URL or a key that no request could be made with; its
// other errors are the caller's own mistakes. None holds the key.
func New(config Config) (*Client, error) {
	key := strings.TrimSpace(config.Key)
	base, wrong := parseBaseURL(config.BaseURL)
	if wrong == nil {
		wrong = checkKey(key)
	}
	if wrong != nil {
		wrong.Host = newSecret(key).redact(wrong.Host)
		return nil, wrong
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
func checkKey(key string) *ConfigError {
	if key == "" {
		return &ConfigError{Fault: FaultKeyMissing}
	}
	if !isPlain(key) {
		return &ConfigError{Fault: FaultKeyCharacters}
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
