package campaign

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/kanal"
)

// TestSend is one message to the user's own number, to see it on a telephone: the values of a row, a key of its own, one
// attempt. It starts no campaign and concerns nobody of one.
type TestSend struct {
	Ledger  *ledger.Ledger
	By      Messenger
	Message Message
	Row     ledger.Row // its values are sent, and nothing else of it
	Phone   string     // digits as sent
	RunID   int64
	PaceKey string
	Account string // who a refusal for having opted out is about
	Timeout time.Duration
	Rate    int
	// Waiting, if not nil, is told what the message waits for before its turn.
	Waiting func(Wait)
}

// ErrLongWait says that Kanal asked for a longer wait than a run waits by itself.
var ErrLongWait = errors.New("a long wait was asked for")

// TestNumber reads a number by the rules of an audience's. With an error among the problems it is empty.
func TestNumber(text string, s ledger.Settings) (digits string, problems []problem.Problem) {
	n, problems := judgeNumber(text, NumberRules(s))
	return n.Digits, problems
}

// Send waits for its turn and sends. The error is the context's, the ledger's or ErrLongWait, and means that nothing was
// sent, unless the answer has a kind: then it could not be recorded.
func (s *TestSend) Send(ctx context.Context, stop <-chan struct{}) (outcome.Answer, error) {
	key := uuid.New()
	id, err := s.turn(ctx, stop, key)
	if err != nil {
		return outcome.Answer{}, err
	}
	person := number.Canonical(s.Phone)
	row := ledger.Row{Phone: s.Phone, Person: person, Values: s.Row.Values, Key: key}
	answer := outcome.AnswerOf(s.Message.content.send(ctx, s.By, row))
	var hold time.Time
	if answer.Kind == outcome.Throttled || answer.RetryAfter > 0 {
		hold = s.Ledger.Now().Add(max(answer.RetryAfter, time.Second))
	}
	ctx = context.WithoutCancel(ctx) // an answer is recorded in any case
	var unremembered error
	if answer.Cause == string(kanal.CauseOptedOut) {
		unremembered = s.Ledger.RememberOptOuts(ctx, s.Account, []string{person}, s.Ledger.Now())
	}
	err = errors.Join(unremembered, s.Ledger.SettleTest(ctx, id, s.PaceKey, answer, hold))
	noteOther(&answer, s.Phone) // not recorded: a test's record holds no numbers
	return answer, err
}

// turn waits until the ledger lets the attempt begin.
func (s *TestSend) turn(ctx context.Context, stop <-chan struct{}, key uuid.UUID) (int64, error) {
	turn := ledger.Turn{RunID: s.RunID, PaceKey: s.PaceKey, Limit: s.Rate, Timeout: s.Timeout}
	for {
		id, err := s.Ledger.BeginTest(ctx, key, turn)
		var wait *ledger.WaitError
		if !errors.As(err, &wait) {
			return id, err
		}
		left := pollWindow
		reason := WaitLimit
		if wait.Held {
			reason = WaitAsked
		}
		if !wait.Until.IsZero() {
			left = wait.Until.Sub(s.Ledger.Now())
		}
		if wait.Held && left > longestWait {
			return 0, ErrLongWait
		}
		if s.Waiting != nil {
			s.Waiting(Wait{For: reason, Until: wait.Until})
		}
		select {
		case <-time.After(min(left, lookAgain)):
		case <-stop:
			return 0, context.Canceled
		case <-ctx.Done():
			return 0, context.Cause(ctx)
		}
	}
}
