package sandbox

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
)

// ErrNotLoopback is wrapped by Listen's refusal of an address that other
// computers reach.
var ErrNotLoopback = errors.New("sandbox: not a loopback address such as 127.0.0.1:0")

// Listen listens on a loopback address such as "127.0.0.1:0". It refuses any
// other (ErrNotLoopback): a sandbox takes real names and numbers, and belongs
// to one computer.
func Listen(addr string) (net.Listener, error) {
	to, err := parseAddress(addr)
	if err != nil {
		return nil, err
	}
	if !to.Addr().IsLoopback() {
		return nil, fmt.Errorf("%w: %s", ErrNotLoopback, addr)
	}
	return net.Listen("tcp", to.String())
}

// ListenRemote is Listen for any IP address of this computer, "0.0.0.0:8080"
// for all of them. Whoever reaches it may use the sandbox, over plain HTTP and
// with a key that everyone knows.
func ListenRemote(addr string) (net.Listener, error) {
	to, err := parseAddress(addr)
	if err != nil {
		return nil, err
	}
	return net.Listen("tcp", to.String())
}

// parseAddress takes no name but localhost, and that for 127.0.0.1: what
// another one stands for is a name server's to say.
func parseAddress(addr string) (netip.AddrPort, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("sandbox: address %q: %w", addr, err)
	}
	if strings.EqualFold(host, "localhost") {
		addr = net.JoinHostPort("127.0.0.1", port)
	}
	to, err := netip.ParseAddrPort(addr)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("%w: %q is no IP address with a port", ErrNotLoopback, addr)
	}
	return netip.AddrPortFrom(to.Addr().Unmap(), to.Port()), nil
}
