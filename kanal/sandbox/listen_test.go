package sandbox

import (
	"errors"
	"net"
	"testing"
)

func TestListen(t *testing.T) {
	for _, addr := range []string{
		":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:80", "[::ffff:192.0.2.1]:80", "example.com:80", "localhost.evil.com:0", "127.0.0.1.evil.com:0",
		"127.1:0", "0177.0.0.1:0", "2130706433:0", "localhost.:0",
	} {
		listener, err := Listen(addr)
		if err == nil {
			listener.Close()
			t.Errorf("%s: listening", addr)
		} else if !errors.Is(err, ErrNotLoopback) {
			t.Errorf("%s: %v", addr, err)
		}
	}
	for _, addr := range []string{"127.0.0.1", "127.0.0.1:http:", ""} {
		if listener, err := Listen(addr); err == nil {
			listener.Close()
			t.Errorf("%s: listening", addr)
		}
	}
	for _, addr := range []string{"127.0.0.1:0", "localhost:0", "LOCALHOST:0", "127.3.2.1:0", "[::ffff:127.0.0.1]:0"} {
		listener, err := Listen(addr)
		if err != nil {
			t.Errorf("%s: %v", addr, err)
			continue
		}
		if ip := listener.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
			t.Errorf("%s: listening on %s", addr, ip)
		}
		listener.Close()
	}
}

// Names are refused even by ListenRemote: it is told which address to use.
func TestListenRemote(t *testing.T) {
	listener, err := ListenRemote("0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	if ip := listener.Addr().(*net.TCPAddr).IP; !ip.IsUnspecified() {
		t.Errorf("listening on %s", ip)
	}
	for _, addr := range []string{":0", "example.com:0"} {
		if other, err := ListenRemote(addr); err == nil {
			other.Close()
			t.Errorf("%s: listening", addr)
		}
	}
}
