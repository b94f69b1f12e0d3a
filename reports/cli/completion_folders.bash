
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
