using System.Globalization;
using System.Net;

namespace MailDashboard.Checks.Spf;

/// <summary>Findings about single terms of the domain's own record.</summary>
internal static class SpfTermFindings
{
    private const int LongRecord = 450;
    private const int LargeIPv4 = 12;
    private const int LargeIPv6 = 20;

    private static readonly SpfNetwork[] Private =
    [
        Network("0.0.0.0", 8), Network("10.0.0.0", 8), Network("100.64.0.0", 10), Network("127.0.0.0", 8), Network("169.254.0.0", 16),
        Network("172.16.0.0", 12), Network("192.168.0.0", 16), Network("::1", 128), Network("fc00::", 7), Network("fe80::", 10),
    ];

    private static readonly string[] Mechanisms = ["a", "mx", "ip4", "ip6", "include", "exists", "ptr", "all"];

    public static void Report(SpfObservation observation, OutcomeBuilder outcome, bool isOpen)
    {
        var root = observation.Tree.Root;
        var reporter = new Reporter(root, outcome);
        var live = root.Terms.Where(t => t.Note != SpfNote.Ignored).ToList();
        if (!isOpen)
        {
            ReportIgnored(root, reporter);
            ReportRanges(live, reporter);
        }

        reporter.Say(SpfFindings.UsesPtr, live.Where(IsPtr), SpfProposal.Without(root, IsPtr));
        reporter.Say(SpfFindings.HostBits, live.Where(n => n.Term.Network.HasHostBits), SpfProposal.With(root, WithoutHostBits));
        reporter.Say(SpfFindings.PrivateAddress, live.Where(IsPrivate), SpfProposal.Without(root, IsPrivate));
        reporter.Say(SpfFindings.NoExplanation, live.Where(n => n.Note == SpfNote.NoExplanation), null);
        ReportModifiers(root, live, reporter);
        ReportDuplicates(root, live, reporter);
        if (root.Texts[0].Length > LongRecord)
        {
            outcome.Report(
                SpfFindings.Long,
                Subject.Domain(root.Domain),
                new Evidence("length", root.Texts[0].Length.ToString(CultureInfo.InvariantCulture)),
                new Evidence("record", root.Texts[0]));
        }
    }

    private static void ReportIgnored(SpfTreeRecord root, Reporter reporter)
    {
        var ignored = root.Terms.Where(t => t.Note == SpfNote.Ignored).ToList();
        var late = ignored.Where(t => t.Kind != SpfTermKind.Redirect).ToList();
        var end = root.Terms.FirstOrDefault(t => t.Kind == SpfTermKind.All)?.Text ?? "~all";
        var isHarmless = late.All(t => t.Kind == SpfTermKind.All);
        reporter.Say(SpfFindings.TermsAfterAll, late, SpfProposal.WithEnd(root, end), isHarmless ? Severity.Notice : null);
        reporter.Say(SpfFindings.RedirectBesideAll, ignored.Where(t => t.Kind == SpfTermKind.Redirect), null);
    }

    private static void ReportRanges(List<SpfNode> live, Reporter reporter)
    {
        var large = live.Where(n => n.Qualifier == SpfQualifier.Pass && IsLarge(n) && !IsPrivate(n)).ToList();
        reporter.Say(SpfFindings.LargeRange, large, null, large.Any(IsHalfOfAll) ? Severity.Critical : null);
    }

    private static void ReportModifiers(SpfTreeRecord root, List<SpfNode> live, Reporter reporter)
    {
        var unknown = live.Where(n => n.Kind == SpfTermKind.UnknownModifier).ToLookup(IsMechanismName);
        reporter.Say(
            SpfFindings.MechanismAsModifier,
            unknown[true],
            SpfProposal.With(root, n => n.Kind == SpfTermKind.UnknownModifier && IsMechanismName(n) ? Corrected(n.Text) : n.Text));
        reporter.Say(SpfFindings.UnknownModifier, unknown[false], null);
    }

    private static void ReportDuplicates(SpfTreeRecord root, List<SpfNode> live, Reporter reporter)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var again = live.Where(n => n.Term.IsDirective && !seen.Add(n.Text.TrimStart('+'))).ToHashSet(ReferenceEqualityComparer.Instance);
        reporter.Say(SpfFindings.Duplicate, live.Where(again.Contains), SpfProposal.Without(root, again.Contains));
    }

    private static bool IsPtr(SpfNode node) =>
        node.Kind == SpfTermKind.Ptr || (node.Term.HasMacro && node.Term.IsDirective && SpfMacro.UsesValidatedName(node.Text));

    private static bool IsLarge(SpfNode node) => node.Kind switch
    {
        SpfTermKind.Ip4 => node.Term.Network.PrefixLength <= LargeIPv4,
        SpfTermKind.Ip6 => node.Term.Network.PrefixLength <= LargeIPv6,
        SpfTermKind.A or SpfTermKind.Mx => node.Term.Ip4PrefixLength <= LargeIPv4 || node.Term.Ip6PrefixLength <= LargeIPv6,
        _ => false,
    };

    private static bool IsHalfOfAll(SpfNode node) => node.Kind == SpfTermKind.Ip4 && node.Term.Network.PrefixLength <= 1;

    private static bool IsPrivate(SpfNode node) =>
        node.Kind is SpfTermKind.Ip4 or SpfTermKind.Ip6
        && Private.Any(p => p.PrefixLength <= node.Term.Network.PrefixLength && p.Contains(node.Term.Network));

    private static string WithoutHostBits(SpfNode node) => node.Term.Network is { HasHostBits: true } network
        ? $"{node.Text[..(node.Text.IndexOf(':', StringComparison.Ordinal) + 1)]}{network.WithoutHostBits()}"
        : node.Text;

    private static bool IsMechanismName(SpfNode node)
    {
        var name = node.Text.AsSpan(0, node.Text.IndexOf('=', StringComparison.Ordinal));
        foreach (var mechanism in Mechanisms)
        {
            if (name.Equals(mechanism, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string Corrected(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return string.Concat(text.AsSpan(0, equals), ":", text.AsSpan(equals + 1));
    }

    private static SpfNetwork Network(string address, byte length) => SpfNetwork.Of(IPAddress.Parse(address)) with { PrefixLength = length };

    private sealed class Reporter(SpfTreeRecord root, OutcomeBuilder outcome)
    {
        public void Say(FindingDefinition definition, IEnumerable<SpfNode> nodes, ProposedRecord? proposal, Severity? severity = null)
        {
            var terms = nodes.Select(n => n.Text).ToList();
            if (terms.Count > 0)
            {
                outcome.Report(new Finding(
                    definition,
                    Subject.Domain(root.Domain),
                    [new Evidence("terms", SpfTreeFindings.List(terms)), new Evidence("record", root.Texts[0])],
                    proposal,
                    severity));
            }
        }
    }
}
