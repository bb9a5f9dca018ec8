/** Doubles what the letter before it became [9303-3 §6 table C]. */
export const SHADDA = '\u0651';

/** Written XTA, but XAH at the end of a name component [9303-3 §6 table C]. */
export const TEH_MARBUTA = '\u0629';

export const TEH_MARBUTA_AT_END = 'XAH';

/** Arabic letters and marks as they are written in the MRZ; empty: not encoded [9303-3 §6 table C]. */
export const ARABIC_TABLE: Readonly<Record<string, string>> = {
  '\u0621': 'XE', // hamza
  '\u0622': 'XAA', // alef with madda above
  '\u0623': 'XAE', // alef with hamza above
  '\u0624': 'U', // waw with hamza above
  '\u0625': 'I', // alef with hamza below
  '\u0626': 'XI', // yeh with hamza above
  '\u0627': 'A', // alef
  '\u0628': 'B', // beh
  '\u0629': 'XTA', // teh marbuta
  '\u062A': 'T', // teh
  '\u062B': 'XTH', // theh
  '\u062C': 'J', // jeem
  '\u062D': 'XH', // hah
  '\u062E': 'XKH', // khah
  '\u062F': 'D', // dal
  '\u0630': 'XDH', // thal
  '\u0631': 'R', // reh
  '\u0632': 'Z', // zain
  '\u0633': 'S', // seen
  '\u0634': 'XSH', // sheen
  '\u0635': 'XSS', // sad
  '\u0636': 'XDZ', // dad
  '\u0637': 'XTT', // tah
  '\u0638': 'XZZ', // zah
  '\u0639': 'E', // ain
  '\u063A': 'G', // ghain
  '\u0640': '', // tatwheel
  '\u0641': 'F', // feh
  '\u0642': 'Q', // qaf
  '\u0643': 'K', // kaf
  '\u0644': 'L', // lam
  '\u0645': 'M', // meem
  '\u0646': 'N', // noon
  '\u0647': 'H', // heh
  '\u0648': 'W', // waw
  '\u0649': 'XAY', // alef maksura
  '\u064A': 'Y', // yeh
  '\u064B': '', // fathatan
  '\u064C': '', // dammatan
  '\u064D': '', // kasratan
  '\u064E': '', // fatha
  '\u064F': '', // damma
  '\u0650': '', // kasra
  '\u0652': '', // sukun
  '\u0670': '', // superscript alef
  '\u0671': 'XXA', // alef wasla
  '\u0679': 'XXT', // tteh
  '\u067C': 'XRT', // teh with ring
  '\u067E': 'P', // peh
  '\u0681': 'XKE', // hah with hamza above
  '\u0685': 'XXH', // hah with 3 dots above
  '\u0686': 'XC', // tcheh
  '\u0688': 'XXD', // ddal
  '\u0689': 'XDR', // dal with ring
  '\u0691': 'XXR', // rreh
  '\u0693': 'XRR', // reh with ring
  '\u0696': 'XRX', // reh with dot below and dot above
  '\u0698': 'XJ', // jeh
  '\u069A': 'XXS', // seen with dot below and dot above
  '\u069C': '', // seen with 3 dots below and 3 dots above
  '\u06A2': '', // feh with dot moved below
  '\u06A7': '', // qaf with dot above
  '\u06A8': '', // qaf with 3 dots above
  '\u06A9': 'XKK', // keheh
  '\u06AB': 'XXK', // kaf with ring
  '\u06AD': 'XNG', // ng
  '\u06AF': 'XGG', // gaf
  '\u06BA': 'XNN', // noon ghunna
  '\u06BC': 'XXN', // noon with ring
  '\u06BE': 'XDO', // heh doachashmee
  '\u06C0': 'XYH', // heh with yeh above
  '\u06C1': 'XXG', // heh goal
  '\u06C2': 'XGE', // heh goal with hamza above
  '\u06C3': 'XTG', // teh marbuta goal
  '\u06CC': 'XYA', // farsi yeh
  '\u06CD': 'XXY', // yeh with tail
  '\u06D0': 'Y', // yeh
  '\u06D2': 'XYB', // yeh barree
  '\u06D3': 'XBE', // yeh barree with hamza above
};
