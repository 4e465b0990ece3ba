using MailDashboard.Monitoring.Portfolio;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace MailDashboard.Web.Reports;

/// <summary>Which report an address asks for. The page, its files and its links read the same four words.</summary>
internal sealed record ReportAddress(string? Period, string? From, string? To, string? Tag)
{
    public const string PeriodName = "period";
    public const string FromName = "from";
    public const string ToName = "to";
    public const string TagName = "tag";

    /// <summary>Empty for all domains.</summary>
    public string TagOrAll => Tag ?? "";

    public static ReportAddress Of(Uri address) => Of(QueryHelpers.ParseQuery(address.Query));

    public static ReportAddress Of(IEnumerable<KeyValuePair<string, StringValues>> query)
    {
        var words = query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new(words.GetValueOrDefault(PeriodName), words.GetValueOrDefault(FromName), words.GetValueOrDefault(ToName), words.GetValueOrDefault(TagName));
    }

    public ReportPeriod PeriodAt(TimeProvider time) => ReportPeriod.Parse(Period, From, To, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
}
