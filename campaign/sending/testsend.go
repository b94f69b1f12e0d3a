package sending

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
)

// TestSend is one message to the user's own number, to see it on a telephone: the values of a row, a key of its own, one
// attempt. It starts no campaign and concerns nobody of one.
type TestSend struct {
	Ledger  Attempts
	By      message.Messenger
	Message message.Message
	Row     record.Row // its values are sent, and nothing else of it
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
func TestNumber(text string, s record.Settings) (digits string, problems []problem.Problem) {
	n, problems := plan.JudgeNumber(text, plan.NumberRules(s))
	return n.Digits, problems
}

// Send waits for its turn and sends. The error is the context's, the ledger's or ErrLongWait, and means that nothing was
// sent, unless the answer has a kind: then it could not be recorded.
func (s *TestSend) Send(ctx context.Context, stop <-chan struct{}) (outcome.Answer, error) {
	row := record.Row{Phone: s.Phone, Person: number.Canonical(s.Phone), Values: s.Row.Values, Key: uuid.New(), State: outcome.New()}
	id, err := s.turn(ctx, stop, &row)
	if err != nil {
		return outcome.Answer{}, err
	}
	began := time.Now()
	answer := outcome.AnswerOf(s.Message.Send(ctx, s.By, row))
	settlement := ledger.Settlement{Attempt: id, Try: outcome.Try{Answer: answer, Ended: time.Now(), Deadline: began.Add(s.Timeout)}}
	if answer.Cause == string(kanal.CauseOptedOut) {
		settlement.OptOutOf = s.Account
	}
	_, err = s.Ledger.Settle(context.WithoutCancel(ctx), &row, settlement) // an answer is recorded in any case
	noteOther(&answer, s.Phone)                                            // not recorded: a test's record holds no numbers
	return answer, err
}

// turn waits until the ledger lets the attempt begin.
func (s *TestSend) turn(ctx context.Context, stop <-chan struct{}, row *record.Row) (int64, error) {
	turn := ledger.Turn{RunID: s.RunID, PaceKey: s.PaceKey, Limit: s.Rate, Timeout: s.Timeout}
	for {
		id, err := s.Ledger.Begin(ctx, row, turn)
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
		if wait.Held && left > outcome.LongestWait {
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
