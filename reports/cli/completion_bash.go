package cli

import (
	"bytes"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// bashScript is cobra's script for bash, but that it needs no package: where bash-completion is not loaded, which does
// these things better, the script puts the words together itself and lists folders with what bash has.
func bashScript(root *cobra.Command, w io.Writer) error {
	var script bytes.Buffer
	if err := root.GenBashCompletionV2(&script, true); err != nil {
		return err
	}
	text := strings.NewReplacer(
		"    COMPREPLY=()\n    _get_comp_words_by_ref \"$@\" cur prev words cword\n", bashWords,
		"_filedir", "__kanal-campaign_filedir",
	).Replace(script.String())
	_, err := io.WriteString(w, text+bashFolders)
	return err
}

// bashWords finds the words up to the cursor. Bash breaks them at = and :, which belong to a flag and to a path.
const bashWords = `    local i word blank separator= line=${COMP_LINE:0:$COMP_POINT}
    COMPREPLY=()
    words=()
    cword=-1
    for ((i = 0; i <= COMP_CWORD; i++)); do
        blank=${line%%[![:blank:]]*}
        line=${line#"$blank"}
        word=${COMP_WORDS[i]}
        if ((i == COMP_CWORD)); then
            word=$line
        fi
        line=${line#"$word"}
        if [[ -z $blank && $i -gt 0 && (-n $separator || $word == [=:]*) ]]; then
            words[cword]+=$word
        else
            words[++cword]=$word
        fi
        separator=
        if [[ $word == [=:]* && -z ${word//[=:]/} ]]; then
            separator=1
        fi
    done
    cur=${words[cword]}
    prev=
    if ((cword > 0)); then
        prev=${words[cword-1]}
    fi
`

const bashFolders = `
__kanal-campaign_filedir()
{
    if declare -F _filedir >/dev/null 2>&1; then
        _filedir "$@"
        return
    fi
    local found kind=-f
    if [[ ${1-} == -d ]]; then
        kind=-d
    fi
    if [[ $(type -t compopt) == builtin ]]; then
        compopt -o filenames
    fi
    while IFS= read -r found; do
        if [[ -n $found ]]; then
            COMPREPLY+=("$found")
        fi
    done <<<"$(compgen $kind -- "$cur")"
}
`
