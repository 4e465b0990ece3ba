using System.Collections.Immutable;

namespace MailDashboard.Checks.Spf;

/// <summary>What a record says about everybody it does not name.</summary>
internal enum SpfEnd
{
    /// <summary>Cannot be said: a redirect could not be followed.</summary>
    Unknown,

    /// <summary>Neither <c>all</c> nor <c>redirect</c>: neutral by default.</summary>
    Nothing,
    Pass,
    Neutral,
    SoftFail,
    Fail,
}

/// <summary>Reads the policy off a tree, redirects followed.</summary>
internal static class SpfPolicy
{
    public static SpfEnd EndOf(SpfTreeRecord record)
    {
        foreach (var node in record.Terms)
        {
            if (node.Kind == SpfTermKind.All)
            {
                return node.Qualifier switch
                {
                    SpfQualifier.Pass => SpfEnd.Pass,
                    SpfQualifier.Fail => SpfEnd.Fail,
                    SpfQualifier.SoftFail => SpfEnd.SoftFail,
                    _ => SpfEnd.Neutral,
                };
            }
        }

        return RedirectOf(record) is not { } redirect ? SpfEnd.Nothing
            : redirect.Included is { State: SpfRecordState.Valid } target ? EndOf(target)
            : SpfEnd.Unknown;
    }

    /// <summary>The terms, outermost first, by which any address at all passes; empty where there is no such way.</summary>
    public static ImmutableArray<string> OpenToEverybody(SpfTreeRecord record)
    {
        foreach (var node in record.Terms)
        {
            if (node.Note == SpfNote.Ignored || (node.Qualifier != SpfQualifier.Pass && node.Kind != SpfTermKind.Redirect))
            {
                continue;
            }

            if (MatchesEverybody(node))
            {
                return [node.Text];
            }

            if (node.Included is { State: SpfRecordState.Valid } included && OpenToEverybody(included) is { Length: > 0 } below)
            {
                return [node.Text, .. below];
            }
        }

        return [];
    }

    /// <summary>Whether no client whatever gets anything but a fail, as with <c>v=spf1 -all</c>.</summary>
    public static bool IsClosed(SpfTreeRecord record)
    {
        var directives = record.Terms.Where(t => t.Term.IsDirective && t.Note != SpfNote.Ignored);
        return record.State == SpfRecordState.Valid
            && directives.All(t => t.Qualifier == SpfQualifier.Fail)
            && (EndsItself(record) || (RedirectOf(record)?.Included is { } target && IsClosed(target)));
    }

    private static bool EndsItself(SpfTreeRecord record) => record.Terms.Any(t => t.Kind == SpfTermKind.All);

    private static SpfNode? RedirectOf(SpfTreeRecord record) =>
        record.Terms.FirstOrDefault(t => t.Kind == SpfTermKind.Redirect && t.Note != SpfNote.Ignored);

    // All of IPv4 is everybody enough.
    private static bool MatchesEverybody(SpfNode node) => node.Kind switch
    {
        SpfTermKind.All => true,
        SpfTermKind.Ip4 or SpfTermKind.Ip6 => node.Term.Network.PrefixLength == 0,
        SpfTermKind.A or SpfTermKind.Mx => node.Note == SpfNote.None && (node.Term.Ip4PrefixLength == 0 || node.Term.Ip6PrefixLength == 0),
        _ => false,
    };
}
