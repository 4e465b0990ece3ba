using AngleSharp;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace MailDashboard.Mail.Messages.Content;

/// <summary>HTML that is too much to read.</summary>
internal sealed class HtmlTooMuchException : Exception;

/// <summary>
/// Makes HTML parsers that give up on HTML made to exhaust them: unclosed and crossed elements cost the standard's algorithm
/// quadratic time, and whoever walks the tree afterwards a deep stack. Counted are the tags as the tokenizer gives them.
/// </summary>
internal sealed class GuardedHtml
{
    private static readonly HashSet<string> Void = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
    private static readonly HashSet<string> ClosedByOthers = ["p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "colgroup"];

    private readonly Stack<string> _open = new();
    private readonly TimeProvider _time;
    private readonly long _started;
    private int _tags;
    private int _crossed;

    private GuardedHtml(TimeProvider time)
    {
        _time = time;
        _started = time.GetTimestamp();
    }

    /// <summary>The document; null where it is too much.</summary>
    public static IHtmlDocument? Parse(string html, TimeProvider time)
    {
        try
        {
            return Parser(time).ParseDocument(html);
        }
        catch (HtmlTooMuchException)
        {
            return null;
        }
    }

    /// <summary>A parser for one document. It throws <see cref="HtmlTooMuchException"/>.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="readsStyles">Also reads <c>style</c> attributes.</param>
    public static HtmlParser Parser(TimeProvider time, bool readsStyles = false)
    {
        var guard = new GuardedHtml(time);
        var context = BrowsingContext.New(readsStyles ? Configuration.Default.WithCss() : Configuration.Default);
        return new HtmlParser(new HtmlParserOptions { DisableElementPositionTracking = true, OnToken = (token, _) => guard.See(token) }, context);
    }

    private void See(HtmlToken token)
    {
        if (token.Type is not (HtmlTokenType.StartTag or HtmlTokenType.EndTag))
        {
            return;
        }

        if (++_tags > MessageLimits.HtmlTags || _time.GetElapsedTime(_started) > MessageLimits.HtmlTime)
        {
            throw new HtmlTooMuchException();
        }

        if (token.Type == HtmlTokenType.EndTag)
        {
            Close(token.Name);
        }
        else if (!Void.Contains(token.Name))
        {
            CloseBefore(token.Name);
            _open.Push(token.Name);
        }

        if (_open.Count > MessageLimits.HtmlDepth || _crossed > MessageLimits.HtmlDepth)
        {
            throw new HtmlTooMuchException();
        }
    }

    /// <summary>A cell ends the cell before it, a paragraph the paragraph: their end tags are usually left out.</summary>
    private void CloseBefore(string name)
    {
        while (_open.TryPeek(out var top) && (name, top) is ("p", "p") or ("li", "li" or "p") or ("dt" or "dd", "dt" or "dd" or "p") or ("td" or "th", "td" or "th" or "p")
            or ("tr", "td" or "th" or "tr" or "p") or ("option", "option") or ("tbody" or "tfoot", "td" or "th" or "tr" or "tbody" or "thead" or "p"))
        {
            _open.Pop();
        }
    }

    private void Close(string name)
    {
        if (!_open.Contains(name))
        {
            // Ignored by every parser, and no harm.
            return;
        }

        while (_open.Pop() is var closed && closed != name)
        {
            _crossed += ClosedByOthers.Contains(closed) ? 0 : 1;
        }
    }
}
