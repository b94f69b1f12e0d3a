package kanal

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// This file is the one place in which a failure gets its class. The rows come
// from the error tables of the API page and from the table of answers of the
// design; the platform's codes come from the WhatsApp facts. What no row
// documents is in doubt: it may have been accepted.

// verdict is a class with its cause.
type verdict struct {
	class Class
	cause Cause
}

var doubtful = verdict{Doubt, CauseUndocumented}

// platformCodes are the codes of WhatsApp's that a send failure may name.
var platformCodes = map[int]verdict{
	100:    {Rejected, CauseBadParameter},
	130429: {Throttled, CauseThroughput},
	131000: {Doubt, CausePlatformUnknown},
	131008: {Rejected, CauseBadParameter},
	131026: {Rejected, CauseNotOnWhatsApp},
	131047: {Rejected, CauseClosedWindow},
	131048: {Halt, CauseSenderRestricted},
	131049: {Rejected, CauseHeldBack},
	131053: {Doubt, CauseMedia},
	131056: {Rejected, CauseTooManyToOne},
	132000: {Rejected, CauseBadParameter},
	132012: {Rejected, CauseBadParameter},
	132015: {Halt, CauseTemplatePaused},
	132016: {Halt, CauseTemplateDisabled},
}

// documentedRefusals are the flat 400s of both send endpoints, as patterns of
// the folded text.
var documentedRefusals = []struct {
	text  func() *regexp.Regexp
	cause Cause
}{
	{pattern(`^(template_id|phone_number|to) is required$`), CauseMissingField},
	{pattern(`^type is required and must be one of\b`), CauseMissingField},
	{pattern(`^(text\.body|[a-z]+\.link) is required for type [a-z]+$`), CauseMissingField},
	{pattern(`^phone number is not valid$`), CauseInvalidNumber},
	{pattern(`^contact has opted out from receiving messages$`), CauseOptedOut},
	{pattern(`^cannot send free-form message: no active conversation window`), CauseClosedWindow},
}

var (
	sendFailure     = pattern(`^error sending\b`)
	missingVariable = pattern(`(^|[:;(] ?)variable .+ not found in row\b`)
	// platformCode is "(#131026)", or the code of an error of WhatsApp's
	// that is passed on as JSON.
	platformCode = pattern(`\(\s*#\s*([0-9]{1,7})\s*\)|` +
		`"code"\s*:\s*"?([0-9][0-9.]{0,20}(?:[eE]\+?[0-9]{1,2})?)(?:[^0-9A-Za-z.]|$)`)
)

// judgeSend decides what an answer to a send means: a receipt, or an error.
func judgeSend(a answer) (Receipt, *Error) {
	env, isJSON := a.envelope()
	failure := judge(a, env, isJSON)
	switch {
	case a.status != http.StatusOK && a.status != http.StatusCreated:
		return Receipt{}, failure
	case !isJSON:
		return Receipt{}, failure.as(Doubt, CauseUnreadableAnswer)
	case fold(string(env.Success)) == "false", fold(string(env.Success)) == "0", !env.Error.isHollow():
		// A success that says it is none: neither is documented.
		return Receipt{}, failure
	case a.status == http.StatusCreated:
		return Receipt{Replayed: true, Message: failure.Message}, nil
	case a.id(env.MessageID) == "":
		return Receipt{}, failure.as(Doubt, CauseNoMessageID)
	}
	return Receipt{
		MessageID:   a.id(env.MessageID),
		ContactID:   a.id(env.ContactID),
		PhoneNumber: a.clean(string(env.PhoneNumber)),
		Message:     failure.Message,
	}, nil
}

// judgeRead decides what an answer to a reading request means: nil for a
// whole 200, whose body the caller decodes.
func judgeRead(a answer) *Error {
	env, isJSON := a.envelope()
	if a.status == http.StatusOK && a.readErr == nil {
		return nil
	}
	return judge(a, env, isJSON)
}

// unreadable is the failure of a 200 whose body is not what it should be.
func unreadable(a answer) *Error {
	env, isJSON := a.envelope()
	return judge(a, env, isJSON).as(Doubt, CauseUnreadableAnswer)
}

// judge describes an answer as a failure. For a success it is what the
// success would be if its body were not the documented one.
func judge(a answer, env envelope, isJSON bool) *Error {
	failure := &Error{Status: a.status, ContactID: a.id(env.ContactID), Err: a.readErr}
	message, details := env.words()
	if !isJSON {
		message = a.hide(foreignText(a.body))
	}
	failure.Message, failure.Details = a.clean(message), a.clean(details)

	v := byStatus(a.status, env, isJSON)
	if v == sendFailed {
		v, failure.PlatformCode = bySendFailure(message + "\n" + details)
	}
	failure.Class, failure.Cause = v.class, v.cause
	if v.class == Throttled || v.class == Doubt {
		failure.RetryAfter = a.retryAfter(env)
	}
	switch {
	case v.class == Throttled && failure.RetryAfter == 0 && a.status == http.StatusTooManyRequests:
		failure.RetryAfter = time.Minute // the API page's own figure
	case v.class == Doubt && a.readErr != nil:
		failure.MayStillRun = !errors.Is(a.readErr, errTooLong)
		if v == doubtful {
			failure.Cause = CauseUnreadableAnswer
		}
		if a.cause != "" {
			failure.Cause = a.cause
		}
	case v.class == Doubt:
		failure.MayStillRun = endUnseen(a.status, isJSON)
	}
	return failure
}

// as gives a failure another verdict, unless its reading was cut short by the
// clock or the caller, which says more.
func (e *Error) as(class Class, cause Cause) *Error {
	e.Class = class
	if e.Cause != CauseTimeout && e.Cause != CauseCancelled {
		e.Cause = cause
	}
	return e
}

// sendFailed stands for a documented send failure until its reason is read.
var sendFailed = verdict{Doubt, CauseSendFailed}

// byStatus is the table of answers. Refusals count only in the API's own
// JSON; halts count by their status alone, whoever wrote the page.
func byStatus(status int, env envelope, isJSON bool) verdict {
	switch {
	case status >= 300 && status <= 399:
		return verdict{Halt, CauseRedirected}
	case status >= 500 && status <= 599:
		return verdict{Doubt, CauseServerError}
	}
	switch status {
	case http.StatusBadRequest:
		return byRefusal(env)
	case http.StatusUnauthorized:
		return byText(env, verdict{Halt, CauseKeyRefused}, map[string]Cause{
			"api key is missing": CauseKeyMissing,
			"invalid api key":    CauseKeyInvalid,
		})
	case http.StatusForbidden:
		return byText(env, verdict{Halt, CauseKeyRefused}, map[string]Cause{
			"team has no active subscription": CauseNoSubscription,
		})
	case http.StatusNotFound:
		return byText(env, verdict{Halt, CauseNotFound}, map[string]Cause{
			"template not found for this phone number": CauseTemplateNotFound,
		})
	case http.StatusMethodNotAllowed:
		return verdict{Halt, CauseMethodNotAllowed}
	case http.StatusRequestTimeout, http.StatusConflict:
		return verdict{Doubt, CauseConflict}
	case http.StatusUnprocessableEntity:
		if isJSON && env.fieldErrors() != "" {
			return verdict{Rejected, CauseRefused}
		}
	case http.StatusTooManyRequests:
		return verdict{Throttled, CauseThrottled}
	}
	return doubtful
}

// byText refines a halt by the API's documented words.
func byText(env envelope, otherwise verdict, causes map[string]Cause) verdict {
	for _, text := range []anyText{env.Error, env.Message} {
		if cause, ok := causes[fold(string(text))]; ok {
			return verdict{otherwise.class, cause}
		}
	}
	return otherwise
}

// byRefusal reads a 400. The zero envelope, of a body that is not the API's,
// has no words and stays in doubt.
func byRefusal(env envelope) verdict {
	for _, text := range []anyText{env.Message, env.Error} {
		words := fold(string(text))
		if sendFailure().MatchString(words) {
			return sendFailed
		}
		for _, refusal := range documentedRefusals {
			if refusal.text().MatchString(words) {
				return verdict{Rejected, refusal.cause}
			}
		}
	}
	return doubtful
}

// bySendFailure reads the reason of a send failure: a known code of the
// platform's decides, then a missing variable. A failure that names neither
// may have happened after the message left Kanal.
func bySendFailure(text string) (verdict, int) {
	named := 0
	for _, match := range platformCode().FindAllStringSubmatch(text, -1) {
		digits, _ := wholeNumber(match[1] + match[2]) // one of them is empty
		code, err := strconv.Atoi(digits)
		if err != nil {
			continue
		}
		if v, known := platformCodes[code]; known {
			return v, code
		}
		if named == 0 {
			named = code
		}
	}
	for line := range strings.Lines(text) {
		if named == 0 && missingVariable().MatchString(fold(line)) {
			return verdict{Rejected, CauseMissingVariable}, 0
		}
	}
	return sendFailed, named
}

// endUnseen reports the answers that show no end of the request: a gateway's
// that gives up on a server which may be at work still, and a success that is
// cut short, somebody else's page, or only a promise (202).
func endUnseen(status int, isJSON bool) bool {
	switch status {
	case http.StatusBadGateway, http.StatusGatewayTimeout:
		return true
	case http.StatusOK, http.StatusCreated:
		return !isJSON
	}
	return status >= 520 && status <= 524 || // Cloudflare's forms of the same
		status >= 200 && status <= 299
}

// judgeBreak decides what a failure without an answer means. Whether anything
// may have left is the flight's to prove; the error itself names the cause
// only, since the same kinds of error occur before and after.
func judgeBreak(ctx context.Context, err error, f *flight) *Error {
	mayHaveLeft := f.mayHaveLeft()
	failure := &Error{Class: NotDelivered, Cause: breakCause(ctx, err, f), Err: err}
	if mayHaveLeft {
		failure.Class, failure.MayStillRun = Doubt, true
	}
	return failure
}

func breakCause(ctx context.Context, err error, f *flight) Cause {
	var lookup *net.DNSError
	var operation *net.OpError
	switch {
	case stopCause(ctx, err) != "":
		return stopCause(ctx, err)
	case errors.As(err, &lookup):
		return CauseNameLookup
	case f.handshaking(), isTLS(err):
		return CauseTLS
	case errors.As(err, &operation) && (operation.Op == "dial" || operation.Op == "proxyconnect"):
		return CauseConnect
	case f.traced() && !f.connected():
		return CauseConnect // such as a proxy that refuses the tunnel
	case errors.As(err, &operation), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return CauseConnectionLost
	case f.answered():
		return CauseUnreadableAnswer // such as headers without an end
	}
	return CauseConnectionLost
}

// stopCause tells whether the caller or the clock ended a request. ctx is the
// caller's: what it does not explain is the try's own timeout.
func stopCause(ctx context.Context, err error) Cause {
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return CauseCancelled
	case ctx.Err() != nil, errors.Is(err, context.DeadlineExceeded):
		return CauseTimeout
	}
	return ""
}

func isTLS(err error) bool {
	var (
		record  tls.RecordHeaderError
		alert   tls.AlertError
		verify  *tls.CertificateVerificationError
		unknown x509.UnknownAuthorityError
		invalid x509.CertificateInvalidError
		host    x509.HostnameError
	)
	return errors.As(err, &record) || errors.As(err, &alert) || errors.As(err, &verify) ||
		errors.As(err, &unknown) || errors.As(err, &invalid) || errors.As(err, &host)
}
