// Package verify compares our reports with WeCom's own, which a mirrored
// corporation's database holds, groups the differences by cause, and finds the
// engine options under which there are the fewest. It only reads, and knows no
// more of the engine than that days can be judged again under other options.
package verify
