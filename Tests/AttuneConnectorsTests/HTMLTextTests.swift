import AttuneEngine
import Testing

@testable import AttuneConnectors

@Suite struct HTMLTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("", ""), (" \n a \t\n b  ", "a b"), ("<p>a</p><p>b</p>", "a\nb"), ("a<br>b<BR/>c<br />d", "a\nb\nc\nd"),
        ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"), ("a<br><br><br><br>b", "a\n\nb"), ("<p>a</p>\n<p>&nbsp;</p>\n<p>b</p>", "a\nb"),
        ("a <b>bold</b>, <i>i</i>.", "a bold, i."), ("<ul><li>one<li>two</ul>end", "one\ntwo\nend"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>", "a b\nc"), ("<h1>T</h1>x", "T\nx"), ("a<hr>b", "a\nb"),
        ("<script>if (a<b) x('</p>')</script>a<style>p{}</style>b", "ab"), ("a<style>never ends", "a"), ("<script/>a", "a"),
        ("<html><head><title>T</title><meta x></head><body>b</body></html>", "b"), ("<head><title>T</title><p>b", "b"), ("<title>T<p>b", "b"),
        ("<head><xml><o:p>x</o:p></xml><style>s</style><body>b", "b"), ("x<xml><o:z>8</o:z></xml>y", "xy"),
        ("a<!-- c --> b<!-->c<!--->d<!--x--!>e", "a bcde"), ("a<!-- never > b", "a b"), ("<!DOCTYPE html>a<?php x ?>b<![endif]>c", "abc"),
        ("<!--[if gte mso 9]><p>x</p><![endif]-->a", "a"), ("a<img alt=\"A picture\" src=x>b", "ab"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"), ("I <3 you", "I <3 you"), ("</3 and </>x", "</3 and x"), ("a <", "a <"), ("a </", "a </"),
        ("Ann <ann@example.com> said", "Ann <ann@example.com> said"), ("a <b c", "a <b c"), ("x <a href=\"never", "x <a href=\"never"),
        ("<a title=\"x > y\">a</a>", "a"), ("<a title='x > \"y'>a</a>", "a"), ("<a b=\"c>d</a> e", "d e"), ("<p a=1 a/b c = 'd'>x", "x"),
        ("x<a\u{0}b>y", "xy"), ("<P CLASS=x>A</P>", "A"), ("a</p>b</br>c", "a\nb\nc"), ("<b>a<p>b</b>c", "a\nbc"),
        ("<span class=\"a invisible\">https://</span><span>example.com/x</span><span class=invisible>yz</span>", "example.com/x"),
        ("<p><span class=invisible>a<b>b</p><p>c", "c"), ("<div class=invisible>a<div>b</div>c</div>d", "d"),
        ("<div style=\"Display : None\">pre</div>a<div hidden>b</div>", "a\nb"), ("<img style=display:none>a", "a"),
        ("<pre>\n  a\n\n\n\nb  \n c</pre>", "a\n\nb\n c"), ("x<pre> y</pre>", "x\n y"), ("e\u{301} 👩‍💻 می\u{200C}خواهم", "e\u{301} 👩‍💻 می\u{200C}خواهم"),
        ("\u{200E}a\u{2068}b\u{2069}\u{FEFF}", "ab"), ("a\u{A0}\u{A0}b\u{A3}", "a b\u{A3}"),
    ])
    func plain(html: String, text: String) { #expect(HTMLText.plain(html) == text) }

    /// A text without markup takes a shorter way, which an element without content does not.
    @Test func aTextWithoutMarkupIsReadAsWithIt() {
        let pieces = [
            "a", "B", " ", "  ", "\n", "\t", "\r", ".", "&", "&amp;", "<", "<3", ">", "é", "\u{A0}", "£", "\u{200E}", "😀", "\u{7F}", "\u{FEFF}", "ü",
        ]
        var generator = SplitMix64(seed: 21)
        var same = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...6, using: &generator)).map { _ in pieces[Int.random(in: pieces.indices, using: &generator)] }.joined()
            same += HTMLText.plain(text) == text ? 1 : 0
            #expect(HTMLText.plain(text) == HTMLText.plain("<b></b>" + text), "\(text)")
            #expect(HTMLText.whole(text) == HTMLText.whole("<b></b>" + text), "\(text)")
        }
        #expect(same > 2_000 && same < 18_000)
    }

    @Test(arguments: [
        ("&amp;&lt;&gt;&quot;&apos;", "&<>\"'"), ("&amp;lt;b&amp;gt;", "&lt;b&gt;"), ("a&nbsp;&nbsp;b", "a b"), ("&eacute;&Eacute;&szlig;", "éÉß"),
        ("&copy 2026 &nbspx &eacutet&eacute", "© 2026 x été"), ("&alpha;&omega;&thetasym;&hearts;&euro;&hellip;", "αωϑ♥€…"),
        ("&alpha &x", "&alpha &x"),
        ("&#39;&#x27;&#X27;&#8217;&#x1F600;&#128512", "'''’😀😀"), ("&#128;&#146;&#150;&#x99;", "€’–™"),
        ("&#0;&#xD800;&#x110000;&#99999999999;", "����"),
        ("&#;&#x;&;& &unknown;AT&T &am", "&#;&#x;&;& &unknown;AT&T &am"), ("&#10;a&#13;&#9;b", "a b"), ("&zwj;&zwnj;x", "\u{200D}\u{200C}x"),
        ("<a title=\"&gt;\">&notit;", "¬it;"), ("&NewLine;&lpar;x&rpar;&excl;", "(x)!"), ("&lsquo;&ndash;&mdash;&rsaquo;&bull;", "‘–—›•"),
    ])
    func entities(html: String, text: String) { #expect(HTMLText.plain(html) == text) }

    @Test(
        arguments: [
            ("a<blockquote>q</blockquote>b", "a\nb", "q"), ("<blockquote>q<blockquote>r</blockquote>s</blockquote>a", "a", "q\nr\ns"),
            ("a<blockquote>q", "a", "q"), ("<blockquote style=\"margin: 0 0 0 40px; border: none\">a</blockquote>", "a", nil),
            (
                "a<div class=\"gmail_extra\"><div class=\"x gmail_quote\">On Mon Ann wrote:<blockquote><div>q</div></blockquote></div><br></div>b",
                "a\n\nb",
                "On Mon Ann wrote:\nq"
            ),
            ("a<div><div id=divRplyFwdMsg>From: b</div><div>q</div></div>c", "a", "From: b\nq\nc"),
            ("a<hr tabindex=\"-1\">From: b<p>q", "a", "From: b\nq"),
            ("a<div id=\"appendonsend\"></div><hr>q", "a", "q"), ("a<hr id=stopSpelling>q", "a", "q"), ("a<hr>b", "a\nb", nil),
            ("a<div style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm'><b>From:</b> x</div><p>q", "a", "From: x\nq"),
            ("a<div style='border-top: 1px solid red'>b</div>", "a\nb", nil), ("a<div id=x_divRplyFwdMsg>q", "a", "q"),
            (
                "On 3 Feb 2026 at 9:14, Ann &lt;ann@example.com&gt; wrote:<br><blockquote type=cite>q</blockquote>", "",
                "On 3 Feb 2026 at 9:14, Ann <ann@example.com> wrote:\nq"
            ),
            ("a<p>03.02.2026, 9:14, Анна<br>написала:</p><blockquote>q</blockquote>", "a", "03.02.2026, 9:14, Анна\nнаписала:\nq"),
            ("He said this:<blockquote>q</blockquote>", "He said this:", "q"),
            ("a<div class=moz-cite-prefix>On x wrote:</div><blockquote>q", "a", "On x wrote:\nq"),
            ("a<div class=gmail_signature>Ann<div>CEO</div></div>", "a", "Ann\nCEO"), ("a<pre class=moz-signature>-- \nAnn</pre>", "a", "--\nAnn"),
            ("<blockquote>q</blockquote>", "", "q"), ("plain", "plain", nil),
        ] as [(String, String, String?)])
    func quotes(html: String, own: String, quoted: String?) {
        let split = HTMLText.split(html)
        #expect(split.own == own)
        #expect(split.quoted == quoted)
    }

    @Test func everythingIsInTheWholeText() {
        #expect(HTMLText.whole("a<blockquote>q</blockquote><div id=divRplyFwdMsg>f</div>b") == "a\nq\nf\nb")
    }

    /// Inputs that make careless readers quadratic: 200 kB of each end in a moment or not at all.
    @Test(arguments: [
        "<", "<a", "<a ", "<a b=\"", "<a b='<a b=\"", "<!--", "<!", "</", "</a", "<?", "&", "&#", "&amp", "<div>", "<blockquote>", "<script>",
        "<style></",
        "<title>", "<pre>", "<a b=\"<\" c='>' d=", "<p>1:2 2026:<blockquote>x</blockquote>", "<span class=invisible>", "</div>", " ", "\n<br>", ":\n",
        "\u{A0}",
    ])
    func longInputsEnd(piece: String) {
        let text = HTMLText.plain(String(repeating: piece, count: 200_000 / piece.utf8.count))
        #expect(text.utf8.count <= 600_000)
    }

    @Test func damagedInputsEnd() {
        var random = SplitMix64(seed: 11)
        let parts = [
            "<div class=gmail_quote>", "</div>", "<p", ">", "\"", "'", "=", "<!--", "-->", "&amp;", "&#x", "é", "<blockquote>", "</blockquote", " ",
            "x", "<pre>", "\n",
        ]
        for _ in 0..<2_000 {
            let html = (0..<Int(random.next() % 40)).map { _ in parts[Int(random.next() % UInt64(parts.count))] }.joined()
            let split = HTMLText.split(html)
            #expect(split.own.utf8.count + (split.quoted ?? "").utf8.count <= html.utf8.count + 40)
        }
    }

    /// One paragraph takes a shorter way, which one with an attribute does not.
    @Test func aSingleParagraphIsReadAsAnyOther() {
        let pieces = ["a", "word", " ", "  ", "\n", ">", "<", "<b>", "</p>", "<p>", "&amp;", "&", "é", "’", "😕", "\u{200E}", "\u{A0}", "遅", ""]
        var generator = SplitMix64(seed: 21)
        for _ in 0..<5_000 {
            let text = (0..<Int.random(in: 0...6, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            #expect(HTMLText.plain("<p>\(text)</p>") == HTMLText.plain("<p a>\(text)</p>"), "\(text)")
            #expect(HTMLText.whole("<p>\(text)</p>") == HTMLText.whole("<p a>\(text)</p>"), "\(text)")
            #expect(TextMarks.trimmed(text) == TextMarks.removed(from: text).trimmed, "\(text)")
        }
    }
}
