    local i word blank separator= line=${COMP_LINE:0:$COMP_POINT}
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
