package main

import (
	"fmt"
	"maps"
	"os"
	"strings"

	"github.com/dakahq/daka/internal/explain"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// joinTexts puts parts of the catalogue together.
func joinTexts(parts ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, part := range parts {
		maps.Copy(all, part)
	}
	return all
}

// say says a text in the language of a command. The English text is the key of
// the catalogue, and with args a format of fmt.Sprintf.
func say(cmd *cobra.Command, text string, args ...any) string {
	lang := langOf(cmd)
	if lang == explain.English {
		text = counted(text, args)
	}
	text = translate(lang, text)
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// translate returns a text in a language, or as it is where there is no other.
func translate(lang explain.Lang, text string) string {
	if lang == explain.Chinese {
		if other, ok := chinese[text]; ok {
			return other
		}
	}
	return text
}

// langOf returns the language of a command: that of --lang, else of the locale.
func langOf(cmd *cobra.Command) explain.Lang {
	if originOf(cmd, "lang") != fromDefault {
		if lang, err := explain.ParseLang(cmd.Flags().Lookup("lang").Value.String()); err == nil {
			return lang
		}
	}
	return localeLang(os.Getenv)
}

// localeLang reads the language from the locale, as POSIX orders its variables.
func localeLang(getenv func(string) string) explain.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if text := getenv(name); text != "" {
			if strings.HasPrefix(strings.ToLower(text), "zh") {
				return explain.Chinese
			}
			break
		}
	}
	return explain.English
}

// langFlag is a language; empty is that of the locale.
type langFlag explain.Lang

func (l *langFlag) String() string { return string(*l) }

func (l *langFlag) Type() string { return "language" }

func (l *langFlag) Set(text string) error {
	lang, err := explain.ParseLang(text)
	if err != nil {
		return failf("want en or zh, not %q", text)
	}
	*l = langFlag(lang)
	return nil
}

// helpHeads are the words of a help text that are cobra's.
var helpHeads = []string{
	"Usage:", "Aliases:", "Examples:", "Available Commands:", "Additional Commands:", "Flags:", "Global Flags:",
	"Additional help topics:", `Use "`, "for more information about a command.", "[command]",
}

// localise has the help of a command and those below it in the command's
// language.
func localise(cmd *cobra.Command) {
	lang := langOf(cmd)
	if lang == explain.English {
		return
	}
	var pairs []string
	for _, head := range helpHeads {
		pairs = append(pairs, head, translate(lang, head))
	}
	root := cmd.Root()
	root.SetUsageTemplate(strings.NewReplacer(pairs...).Replace(root.UsageTemplate()))
	translateCommand(root, lang)
	paragraphs := helpParagraphs(cmd)
	for i, text := range paragraphs {
		paragraphs[i] = wrapText(translate(lang, text))
	}
	cmd.Long = strings.Join(paragraphs, "\n\n")
	if cmd.HasAvailableFlags() && !cmd.DisableFlagsInUseLine {
		cmd.Use, cmd.DisableFlagsInUseLine = cmd.Use+" "+translate(lang, "[flags]"), true
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) { translateDefault(f, lang) })
}

// translateDefault has the default of a flag said in a language, as pflag does in
// English: where it is no zero value.
func translateDefault(f *pflag.Flag, lang explain.Lang) {
	zero := ""
	switch f.Value.Type() {
	case "bool":
		return
	case "int", "uint64":
		zero = "0"
	case "stringSlice":
		zero = "[]"
	}
	if f.DefValue != zero {
		f.Usage += fmt.Sprintf(translate(lang, " (default %s)"), f.DefValue)
		f.DefValue = zero
	}
}

// helpParagraphs are the parts of a long help text; each of them is a key of
// the catalogue, as commands share many.
func helpParagraphs(cmd *cobra.Command) []string { return strings.Split(cmd.Long, "\n\n") }

// cobraFlags are the flags that are no settings, in our words.
var cobraFlags = map[string]string{"help": "show this help", "version": "print the version", "no-descriptions": "leave descriptions out"}

func translateCommand(cmd *cobra.Command, lang explain.Lang) {
	cmd.Short = translate(lang, cmd.Short)
	translateFlag := func(f *pflag.Flag) {
		if s := settingOf(f.Name); s != nil {
			f.Usage = s.help(lang)
		} else if text, ok := cobraFlags[f.Name]; ok {
			f.Usage = translate(lang, text)
		}
	}
	cmd.Flags().VisitAll(translateFlag)
	cmd.PersistentFlags().VisitAll(translateFlag)
	for _, sub := range cmd.Commands() {
		translateCommand(sub, lang)
	}
}
