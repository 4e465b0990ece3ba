using System.Collections.Immutable;

namespace MailDashboard.Checks;

/// <summary>
/// Why something does not apply or could not be determined. A key and arguments, so that the sentence can be written
/// in the reader's language: the text is <c>Reason.{Key}</c> in the family's resources, else in <c>CommonTexts</c>,
/// with <c>{0}</c>, <c>{1}</c> … replaced by the arguments.
/// </summary>
/// <param name="Key">The permanent key, for example <c>DnsTimeout</c>.</param>
/// <param name="Arguments">What fills the placeholders; may be hostile text, to be encoded where it is shown.</param>
public sealed record Reason(string Key, ImmutableArray<string> Arguments)
{
    /// <summary>Key of the reason of an audit that looked at DNS only.</summary>
    public const string ConnectionNotWanted = "ConnectionNotWanted";

    /// <summary>A reason with its arguments.</summary>
    public static Reason Of(string key, params string[] arguments) => new(key, [.. arguments]);

    /// <inheritdoc/>
    public bool Equals(Reason? other) =>
        other is not null && Key == other.Key && Arguments.AsSpan().SequenceEqual(other.Arguments.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Arguments.Length);
}
