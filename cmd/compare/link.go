package main

import (
	"io"
	"net"
	"sync"
	"time"
)

// packet is what goes over the link at once: the payload of an Ethernet frame.
const packet = 1460

// link is a slow way to a server, as a phone has one. All connections share its
// rate towards the browser; what the browser sends arrives after a round trip,
// and a new connection costs one more, for the handshake of TCP. So it slows
// whatever the browser does: pages, workers, TLS. (Chromium's own throttling
// knows the requests of one page, and not those of its workers.)
//
// The zero link is as fast as the machine.
type link struct {
	rate      float64 // bytes a second
	roundTrip time.Duration

	mu   sync.Mutex
	free time.Time // when the way is free for the next packet
	sent int64     // bytes since the last call of taken
}

// taken is how many bytes went to the browser since it was last asked.
func (l *link) taken() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := l.sent
	l.sent = 0
	return n
}

// serve takes connections and passes each on to the server at address, until
// the listener is closed.
func (l *link) serve(browser net.Listener, address string) error {
	for {
		near, err := browser.Accept()
		if err != nil {
			return err
		}
		open := time.Now().Add(l.roundTrip)
		far, err := net.Dial("tcp", address)
		if err != nil {
			return err
		}
		go func() { l.up(far, near, open); far.Close() }()
		go func() { l.down(near, far); near.Close() }()
	}
}

// up carries what the browser sends, a round trip late, and nothing before the
// connection is open.
func (l *link) up(to io.Writer, from io.Reader, open time.Time) {
	type piece struct {
		data []byte
		at   time.Time
	}
	const most, underway = 16 << 10, 1 << 10
	pieces := make(chan piece, underway)
	go func() {
		defer close(pieces)
		for {
			buf := make([]byte, most)
			n, err := from.Read(buf)
			at := time.Now()
			if at.Before(open) {
				at = open
			}
			if n > 0 {
				pieces <- piece{buf[:n], at.Add(l.roundTrip)}
			}
			if err != nil {
				return
			}
		}
	}()
	for p := range pieces {
		time.Sleep(time.Until(p.at))
		// A server that is gone takes nothing more; the rest is thrown away.
		_, _ = to.Write(p.data)
	}
}

// down carries what the server sends, packet by packet as the way is free.
func (l *link) down(to io.Writer, from io.Reader) {
	buf := make([]byte, packet)
	for {
		n, err := from.Read(buf)
		if n > 0 {
			l.carry(n)
			if _, err := to.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// carry waits until n bytes have gone over the way.
func (l *link) carry(n int) {
	l.mu.Lock()
	l.sent += int64(n)
	now := time.Now()
	if l.free.Before(now) {
		l.free = now
	}
	if l.rate > 0 {
		l.free = l.free.Add(time.Duration(float64(n) / l.rate * float64(time.Second)))
	}
	until := l.free
	l.mu.Unlock()
	time.Sleep(time.Until(until))
}
