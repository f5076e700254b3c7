package main

import (
	"io"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// writeYAML writes v as YAML with the names that it has in JSON. Texts stay in
// quotes: what reads 08:30 or no as a number or a truth must not.
func writeYAML(w io.Writer, v any) error {
	text, err := jsonOf(v)
	if err != nil {
		return err
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil { // JSON is YAML
		return failf("write YAML: %w", err)
	}
	asBlocks(&doc)
	enc := yaml.NewEncoder(w)
	enc.SetIndent(2)
	if err := enc.Encode(&doc); err != nil {
		return failf("write YAML: %w", err)
	}
	return enc.Close()
}

// asBlocks takes the braces of JSON away, and the quotes of names.
func asBlocks(n *yaml.Node) {
	empty := len(n.Content) == 0
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			n.Content[i].Style = 0
		}
		fallthrough
	case yaml.SequenceNode:
		if !empty {
			n.Style = 0
		}
	}
	for i, c := range n.Content {
		if n.Kind != yaml.MappingNode || i%2 == 1 {
			asBlocks(c)
		}
	}
}

// namedYAML reports whether a file is YAML, and not JSON, by its name.
func namedYAML(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	return ext == ".yaml" || ext == ".yml"
}
