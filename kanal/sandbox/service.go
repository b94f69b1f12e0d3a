package sandbox

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"time"
)

// Place is where a sandbox listens, and which files it appends to.
type Place struct {
	Address  string // an IP address with a port
	Remote   bool   // it may be one that other computers reach: see ListenRemote
	Truth    string // the path of a truth file, which it goes on with; "" for none
	Requests string // the path of a request file; "" for none
}

// Service is a sandbox that listens.
type Service struct {
	*Server
	Earlier int // how many acceptances the truth file held already

	listener net.Listener
	files    []*os.File
}

// ListenError says that a sandbox could not listen.
type ListenError struct{ Err error }

func (e *ListenError) Error() string { return e.Err.Error() }
func (e *ListenError) Unwrap() error { return e.Err }

// Start opens the files of a sandbox, and listens. It returns a *ListenError
// where it cannot: ErrNotLoopback where it must not. The caller calls Serve.
func Start(options Options, at Place) (_ *Service, err error) {
	s := &Service{}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	var earlier []Acceptance
	if at.Truth != "" {
		var file *os.File
		if file, earlier, err = OpenTruth(at.Truth); err != nil {
			return nil, err
		}
		options.TruthFile, s.files = file, append(s.files, file)
	}
	if at.Requests != "" {
		file, err := OpenRequests(at.Requests)
		if err != nil {
			return nil, err
		}
		options.RequestFile, s.files = file, append(s.files, file)
	}
	s.Server, s.Earlier = New(options), len(earlier)
	s.Restore(earlier)
	listen := Listen
	if at.Remote {
		listen = ListenRemote
	}
	if s.listener, err = listen(at.Address); err != nil {
		return nil, &ListenError{err}
	}
	return s, nil
}

// Address is where it listens.
func (s *Service) Address() string { return s.listener.Addr().String() }

// IsRemote reports whether other computers may reach it.
func (s *Service) IsRemote() bool {
	at, ok := s.listener.Addr().(*net.TCPAddr)
	return ok && !at.IP.IsLoopback()
}

// Serve answers requests until the context ends, and returns its cause.
func (s *Service) Serve(ctx context.Context) error {
	defer s.close()
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	err := server.Serve(s.listener)
	if ctx.Err() != nil && errors.Is(err, http.ErrServerClosed) {
		return context.Cause(ctx)
	}
	return err
}

func (s *Service) close() {
	for _, file := range s.files {
		file.Close()
	}
}
