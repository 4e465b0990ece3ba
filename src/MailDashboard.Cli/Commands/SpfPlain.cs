using System.Globalization;
using System.Text;
using MailDashboard.Checks.Spf;

namespace MailDashboard.Cli.Commands;

/// <summary>What <c>maildash spf</c> prints for people.</summary>
internal static class SpfPlain
{
    public static string Render(SpfRequest request, SpfEvaluation evaluation)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{evaluation.Result.ToString().ToLowerInvariant()}: {Sentence(request, evaluation)}\n");
        if (evaluation.Explanation is { } explanation)
        {
            text.Append(CultureInfo.InvariantCulture, $"  the domain says: {explanation}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"  look-ups: {evaluation.DnsLookups} of {SpfLimits.Lookups}, void: {evaluation.VoidLookups} of {SpfLimits.VoidLookups}\n");
        if (evaluation.Tree is { } tree)
        {
            var atLeast = tree.IsComplete ? "" : "at least ";
            text.Append(CultureInfo.InvariantCulture, $"\nThe whole record, {atLeast}{tree.Lookups} of {SpfLimits.Lookups} look-ups at worst [of the term, spent so far]:\n");
            text.Append(SpfTreeText.Render(tree));
        }

        return text.ToString().TrimEnd();
    }

    private static string Sentence(SpfRequest request, SpfEvaluation evaluation)
    {
        var who = $"{request.Ip} for {Clean(request.Domain)}";
        if (evaluation.Fault != SpfFault.None)
        {
            return $"{who}: {Fault(evaluation.Fault)}: {Clean(evaluation.FaultTerm ?? "")}";
        }

        if (evaluation.Result == SpfResult.None)
        {
            return $"{who}: no SPF record";
        }

        return evaluation.MatchedTerm is { } term ? $"{who}, by \"{term}\" of {evaluation.DecidedBy}" : $"{who}, no term matches";
    }

    private static string Fault(SpfFault fault) => fault switch
    {
        SpfFault.Syntax => "a term breaks the grammar",
        SpfFault.SeveralRecords => "more than one SPF record",
        SpfFault.TooManyLookups => "more than ten look-ups, at",
        SpfFault.TooManyVoidLookups => "more than two look-ups that find nothing, at",
        SpfFault.TooManyExchanges => "more than ten mail servers behind",
        SpfFault.TargetWithoutRecord => "no SPF record behind",
        _ => "DNS gave no answer for",
    };

    private static string Clean(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
