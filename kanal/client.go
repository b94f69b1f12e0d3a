package kanal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

const (
	// maxAnswer bounds what is read of an answer: the documented ones have a
	// few hundred bytes.
	maxAnswer = 1 << 20
	// maxList bounds the list of templates: an account may have hundreds, of
	// some kilobytes each.
	maxList = 32 << 20

	pathTemplates    = "/api/v1/get_templates"
	pathSendTemplate = "/api/v1/templates"
	pathSendMessage  = "/api/v1/messages/send"
	pathMe           = "/api/v1/me"
)

// Client talks to the API with one key. It is safe for concurrent use.
type Client struct {
	base      string
	key       secret
	transport http.RoundTripper
	timeout   time.Duration
	userAgent string
}

// BaseURL is where the client sends its requests, without a trailing slash.
func (c *Client) BaseURL() string { return c.base }

// Timeout is the time that one try may take at most.
func (c *Client) Timeout() time.Duration { return c.timeout }

// Format prints a Client without its key, whatever the verb.
func (c *Client) Format(state fmt.State, _ rune) {
	if c == nil {
		fmt.Fprint(state, "<nil>")
		return
	}
	fmt.Fprintf(state, "kanal.Client{BaseURL:%q, Key:%s, Timeout:%s}", c.base, redacted, c.timeout)
}

// TemplateMessage is one message made from an approved template.
type TemplateMessage struct {
	TemplateID  int64             `json:"template_id"`
	PhoneNumber string            `json:"phone_number"`
	Variables   map[string]string `json:"variables,omitempty"`
	// CleanForCountry asks the server to rewrite a national number; the API
	// page documents it for "FR" only.
	CleanForCountry string `json:"cleanForCountry,omitempty"`
	// Name and Email are for the contact, if the message creates it.
	Name  string `json:"name,omitempty"`
	Email string `json:"email,omitempty"`
}

// Receipt is Kanal's word that it accepted a message. Its ids are plain digits
// where Kanal gives numbers, as documented, and otherwise as Kanal gives them.
type Receipt struct {
	// Replayed is true for a key that had been used before (201): nothing was
	// sent now, and Kanal gives no id.
	Replayed    bool
	MessageID   string
	ContactID   string
	PhoneNumber string
	Message     string // Kanal's sentence
}

// SendTemplate sends one message, in one request. With an idempotency key
// that Kanal has seen before nothing is sent, and the receipt is Replayed;
// an empty key sends no such header. Its errors are *Error: class Doubt means
// that the message may have been accepted.
func (c *Client) SendTemplate(ctx context.Context, m TemplateMessage, idempotencyKey string) (Receipt, error) {
	return c.send(ctx, pathSendTemplate, m, idempotencyKey)
}

// send is one request to an endpoint that sends, with its answer judged.
func (c *Client) send(ctx context.Context, path string, content any, idempotencyKey string) (Receipt, error) {
	a, err := c.post(ctx, path, content, idempotencyKey)
	if err != nil {
		return Receipt{}, err
	}
	receipt, failure := judgeSend(a)
	if failure != nil {
		return Receipt{}, c.redact(failure)
	}
	return receipt, nil
}

// Me returns the account's description as Kanal gives it. Its shape is
// undocumented: show it, rely on none of it. Its errors are *Error.
func (c *Client) Me(ctx context.Context) (json.RawMessage, error) {
	a, err := c.post(ctx, pathMe, struct{}{}, "")
	if err != nil {
		return nil, err
	}
	if failure := judgeRead(a); failure != nil {
		return nil, c.redact(failure)
	}
	body := trimBody(a.body)
	if !json.Valid(body) {
		return nil, c.redact(unreadable(a))
	}
	return json.RawMessage(c.key.redactJSON(string(body))), nil
}

func (c *Client) post(ctx context.Context, path string, content any, idempotencyKey string) (answer, error) {
	body, err := json.Marshal(content)
	if err != nil {
		return answer{}, &Error{Class: Halt, Cause: CauseInvalidRequest, Err: err}
	}
	if !isPlain(idempotencyKey) {
		err := errors.New("kanal: the idempotency key holds a space, a control character or a letter outside ASCII")
		return answer{}, &Error{Class: Halt, Cause: CauseInvalidRequest, Err: err}
	}
	flight := &flight{body: newOnceBody(body)}
	request, err := http.NewRequest(http.MethodPost, c.base+path, flight.body)
	if err != nil {
		return answer{}, &Error{Class: Halt, Cause: CauseInvalidRequest, Err: c.key.redactError(err)}
	}
	// A length keeps the request whole or nothing; no GetBody keeps it single.
	request.ContentLength = int64(len(body))
	request.GetBody = nil
	request.Header.Set("Content-Type", "application/json")
	if idempotencyKey != "" {
		request.Header.Set("Idempotency-Key", idempotencyKey)
	}
	return c.do(ctx, request, flight, maxAnswer)
}

func (c *Client) get(ctx context.Context, path string, limit int64) (answer, error) {
	request, err := http.NewRequest(http.MethodGet, c.base+path, nil)
	if err != nil {
		return answer{}, &Error{Class: Halt, Cause: CauseInvalidRequest, Err: c.key.redactError(err)}
	}
	return c.do(ctx, request, &flight{}, limit)
}

// do makes one try within the timeout. It goes to the transport itself, below
// http.Client, since nothing that http.Client adds is wanted: no redirect, no
// cookie. An answer of any status is an answer; the error is an *Error.
func (c *Client) do(ctx context.Context, request *http.Request, f *flight, limit int64) (answer, error) {
	if err := ctx.Err(); err != nil {
		return answer{}, judgeBreak(ctx, err, f)
	}
	try, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	request = request.WithContext(f.watch(try))
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Accept-Encoding", "identity") // what is read is what was sent: no bomb
	request.Header.Set("Authorization", "Bearer "+c.key.reveal())
	request.Header.Set("User-Agent", c.userAgent)

	response, err := c.transport.RoundTrip(request)
	if err == nil && response == nil {
		err = errors.New("kanal: the transport returned neither an answer nor an error")
	}
	if err != nil {
		return answer{}, c.redact(judgeBreak(ctx, stopped(ctx, err), f))
	}
	defer response.Body.Close()
	body, err := readBounded(response.Body, limit)
	a := answer{status: response.StatusCode, header: response.Header, body: body, redact: c.key.redactJSON}
	if err != nil {
		a.readErr, a.cause = stopped(ctx, err), stopCause(ctx, err)
	}
	return a, nil
}

// stopped makes sure that a failure of a cancelled request says so to
// errors.Is, even where the caller cancelled it with an error of its own.
func stopped(ctx context.Context, err error) error {
	if ctx.Err() == nil || errors.Is(err, ctx.Err()) {
		return err
	}
	return fmt.Errorf("%w: %w", ctx.Err(), err)
}

var errTooLong = errors.New("kanal: the answer is longer than any documented one")

func readBounded(body io.Reader, limit int64) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(body, limit+1))
	if err == nil && int64(len(content)) > limit {
		return content[:limit], errTooLong
	}
	return content, err
}

// redact removes the key from what the transport reported. The answer's own
// words are redacted as they are read.
func (c *Client) redact(failure *Error) *Error {
	failure.Err = c.key.redactError(failure.Err)
	return failure
}
