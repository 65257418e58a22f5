# style.gp: the common look of all pictures. Needs OUT ('png' or 'svg') and PICTURE (the file).
# Colours: Okabe and Ito's palette, which is safe for the colour-blind; lines also differ in dash.
# Korean labels: the SVG uses the reader's fonts, the PNG uses Nanum's (package fonts-nanum).
if (OUT eq 'svg') {
    set terminal svg size 760,420 dynamic background rgb 'white' \
        font "'Noto Sans KR','NanumGothic','Malgun Gothic',sans-serif,14"
} else {
    set terminal pngcairo size 1520,840 fontscale 2 linewidth 2 dashlength 1 font 'NanumGothic,12'
}
set output PICTURE
set encoding utf8
set datafile separator tab
set datafile missing 'nan'
set border 3 linecolor rgb '#404040'
set tics out nomirror
set grid ytics linecolor rgb '#d8d8d8' linewidth 1
set key noenhanced
blue = '#0072B2'; vermilion = '#D55E00'; green = '#009E73'; purple = '#CC79A7'; orange = '#E69F00'; black = '#000000'
