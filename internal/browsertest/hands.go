package browsertest

import (
	"context"
	"net/url"
	"os"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	printer "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Point is a place of the window, in CSS pixels from its upper left corner.
type Point struct{ X, Y float64 }

// Hover moves the mouse to a place, without a button.
func (p *Page) Hover(at Point) {
	p.t.Helper()
	p.Do(command(input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseMoved, X: at.X, Y: at.Y, PointerType: input.DispatchMouseEventPointerTypeMouse}))
}

// Wheel turns the wheel over a place; down is positive.
func (p *Page) Wheel(at Point, down float64) {
	p.t.Helper()
	p.Do(command(turn, turned{Type: input.DispatchMouseEventTypeMouseWheel, X: at.X, Y: at.Y, DeltaY: down}))
}

// turn is [input.DispatchMouseEvent] for a wheel: the browser wants both deltas,
// and the library leaves out what is 0.
var turn = cdp.Command[turned, cdp.Empty]{Method: input.DispatchMouseEvent.Method}

type turned struct {
	Type   input.DispatchMouseEventType `json:"type"`
	X      float64                      `json:"x"`
	Y      float64                      `json:"y"`
	DeltaX float64                      `json:"deltaX"`
	DeltaY float64                      `json:"deltaY"`
}

// Drag presses the mouse at the first place, takes it through the others and
// lets go at the last; with one place it is a click.
func (p *Page) Drag(way ...Point) {
	p.t.Helper()
	mouse := func(kind input.DispatchMouseEventType, at Point, held int64) {
		p.Do(command(input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: at.X, Y: at.Y, Button: input.MouseButtonLeft, Buttons: held, ClickCount: 1}))
	}
	mouse(input.DispatchMouseEventTypeMousePressed, way[0], 1)
	for _, at := range way[1:] {
		mouse(input.DispatchMouseEventTypeMouseMoved, at, 1)
	}
	mouse(input.DispatchMouseEventTypeMouseReleased, way[len(way)-1], 0)
}

// Touch lays fingers on the window, moves them from step to step and lifts
// them. Every step has the same fingers; one step is a tap.
func (p *Page) Touch(steps ...[]Point) {
	p.t.Helper()
	p.Do(command(emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 5}))
	p.touch(time.Now(), steps)
}

// DoubleTap taps twice as fast as a hand does, however slow the machine is: the
// events carry the time at which they are said to be.
func (p *Page) DoubleTap(at Point) {
	p.t.Helper()
	const apart = 120 * time.Millisecond
	p.Do(command(emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true}))
	first := time.Now()
	p.touch(first, [][]Point{{at}})
	p.touch(first.Add(apart), [][]Point{{at}})
}

// touch is one touch that begins at a time, its steps a frame apart.
func (p *Page) touch(begin time.Time, steps [][]Point) {
	const frame = 16 * time.Millisecond
	send := func(kind input.DispatchTouchEventType, fingers []*input.TouchPoint) {
		stamp := input.TimeSinceEpoch(float64(begin.UnixMicro()) / 1e6) // seconds
		begin = begin.Add(frame)
		p.Do(command(input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: fingers, Timestamp: stamp}))
	}
	kind := input.DispatchTouchEventTypeTouchStart
	for _, step := range steps {
		var fingers []*input.TouchPoint
		for i, at := range step {
			id := float64(i)
			fingers = append(fingers, &input.TouchPoint{X: at.X, Y: at.Y, ID: &id})
		}
		send(kind, fingers)
		kind = input.DispatchTouchEventTypeTouchMove
	}
	send(input.DispatchTouchEventTypeTouchEnd, []*input.TouchPoint{})
}

// Place is where the device says that it is. A page that asks is told, without
// a question to the reader; a nil place is a reader who refuses.
func (p *Page) Place(at *Geo) {
	p.t.Helper()
	own, err := url.Parse(p.URL)
	if err != nil {
		p.t.Fatal(err)
	}
	ask := browser.SetPermissionParams{Permission: &browser.PermissionDescriptor{Name: "geolocation"}, Setting: browser.PermissionSettingDenied, Origin: own.Scheme + "://" + own.Host}
	if at != nil {
		ask.Setting = browser.PermissionSettingGranted
		const near = 10.0 // metres
		accuracy := near
		p.Do(command(emulation.SetGeolocationOverride, emulation.SetGeolocationOverrideParams{Latitude: &at.Lat, Longitude: &at.Lon, Accuracy: &accuracy}))
	}
	p.Do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.CallBrowser(ctx, browser.SetPermission, ask)
		return err
	}))
}

// Geo is a place on the earth, in degrees.
type Geo struct{ Lon, Lat float64 }

// Paper writes what the page's printer would print as PDF: A4, backgrounds as
// the page asks for them.
func (p *Page) Paper(file string) {
	p.t.Helper()
	yes := true
	ctx, stop := p.patient()
	defer stop()
	out, err := chromedp.Run(ctx, func(ctx context.Context, _ *chromedp.Target) (printer.PrintToPDFResult, error) {
		return chromedp.Call(ctx, printer.PrintToPDF, printer.PrintToPDFParams{PreferCSSPageSize: &yes})
	})
	if err == nil {
		err = os.WriteFile(file, out.Data, 0o644)
	}
	if err != nil {
		p.t.Fatalf("%s: %v", p.URL, err)
	}
}

// command is a command of the browser's protocol whose answer is empty.
func command[P any](c cdp.Command[P, cdp.Empty], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, c, params)
		return err
	})
}
