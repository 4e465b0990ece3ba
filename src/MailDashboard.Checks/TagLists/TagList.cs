using System.Collections.Immutable;

namespace MailDashboard.Checks.TagLists;

/// <summary>One <c>name=value</c> of a tag list, white space around both removed.</summary>
public readonly record struct Tag(string Name, string Value);

/// <summary>What is wrong with one part of a tag list.</summary>
public enum TagFaultKind
{
    /// <summary>A part without an equals sign.</summary>
    NoEquals,

    /// <summary>The name is empty or has characters that a name cannot have.</summary>
    BadName,

    /// <summary>The name was there before; a list with it twice is invalid as a whole (RFC 6376 §3.2).</summary>
    Duplicate,

    /// <summary>The value has a character outside printable ASCII.</summary>
    BadValue,

    /// <summary>Nothing between two semicolons.</summary>
    Empty,

    /// <summary>More tags than <see cref="TagList.MaximumTags"/>; the rest was not read.</summary>
    TooMany,
}

/// <summary>A fault, with the text it was seen in, cut to 100 characters.</summary>
public sealed record TagFault(TagFaultKind Kind, string Text);

/// <summary>
/// The tag-value list of RFC 6376 §3.2, used by DKIM keys and DMARC records. Reading never fails: what does not fit
/// the grammar becomes a fault, and the rest is read all the same. A value may contain further equals signs.
/// </summary>
/// <param name="Tags">In order; the first of a duplicated name only.</param>
/// <param name="Faults">What does not fit the grammar.</param>
public sealed record TagList(ImmutableArray<Tag> Tags, ImmutableArray<TagFault> Faults)
{
    /// <summary>Far more than any real list has; bounds the time that a hostile one takes.</summary>
    public const int MaximumTags = 64;

    private const string WhiteSpace = " \t\r\n";

    /// <summary>The value of a tag, null where it is absent. Names are case-sensitive (RFC 6376 §3.2).</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var tag in Tags)
            {
                if (string.Equals(tag.Name, name, StringComparison.Ordinal))
                {
                    return tag.Value;
                }
            }

            return null;
        }
    }

    /// <summary>Reads a list.</summary>
    public static TagList Parse(string text)
    {
        var tags = ImmutableArray.CreateBuilder<Tag>();
        var faults = ImmutableArray.CreateBuilder<TagFault>();
        var rest = text.AsSpan();
        for (var parts = 0; ; parts++)
        {
            var end = rest.IndexOf(';');
            var part = (end < 0 ? rest : rest[..end]).Trim(WhiteSpace);
            if (parts == MaximumTags)
            {
                faults.Add(Fault(TagFaultKind.TooMany, part));
                break;
            }

            // One semicolon may close the list; white space after it is harmless everywhere.
            if (part.IsEmpty && end < 0)
            {
                break;
            }

            Read(part, tags, faults);
            if (end < 0)
            {
                break;
            }

            rest = rest[(end + 1)..];
        }

        return new TagList(tags.ToImmutable(), faults.ToImmutable());
    }

    private static void Read(ReadOnlySpan<char> part, ImmutableArray<Tag>.Builder tags, ImmutableArray<TagFault>.Builder faults)
    {
        var equals = part.IndexOf('=');
        if (equals < 0)
        {
            faults.Add(Fault(part.IsEmpty ? TagFaultKind.Empty : TagFaultKind.NoEquals, part));
            return;
        }

        var name = part[..equals].TrimEnd(WhiteSpace);
        var value = part[(equals + 1)..].TrimStart(WhiteSpace);
        if (!IsName(name))
        {
            faults.Add(Fault(TagFaultKind.BadName, part));
            return;
        }

        var tag = new Tag(name.ToString(), value.ToString());
        if (tags.Any(t => t.Name == tag.Name))
        {
            faults.Add(Fault(TagFaultKind.Duplicate, part));
            return;
        }

        if (value.ContainsAnyExceptInRange(' ', '~') && HasBadCharacter(value))
        {
            faults.Add(Fault(TagFaultKind.BadValue, part));
        }

        tags.Add(tag);
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || !char.IsAsciiLetter(name[0]))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasBadCharacter(ReadOnlySpan<char> value)
    {
        foreach (var c in value)
        {
            if (c is (< ' ' or > '~') and not ('\t' or '\r' or '\n'))
            {
                return true;
            }
        }

        return false;
    }

    private static TagFault Fault(TagFaultKind kind, ReadOnlySpan<char> part) => new(kind, part[..Math.Min(part.Length, 100)].ToString());
}
