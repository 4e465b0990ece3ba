using System.Collections.Immutable;
using System.Globalization;
using System.Resources;
using MailDashboard.Monitoring.Catalogue;

namespace MailDashboard.Monitoring.Channels;

/// <summary>The words around what a channel tells, in its language.</summary>
internal sealed class ChannelTexts(CultureInfo culture)
{
    private const int MostDomains = 10;
    private static readonly ResourceManager Texts = new("MailDashboard.Monitoring.Channels.ChannelTexts", typeof(ChannelTexts).Assembly);

    public CultureInfo Culture => culture;

    public string this[string key] => Texts.GetString(key, culture) ?? throw new MissingManifestResourceException(key);

    public string Format(string key, params object[] arguments) => string.Format(culture, this[key], arguments);

    /// <summary>A number with its noun.</summary>
    public string Count(string key, int count) => count == 1 ? this[$"{key}.One"] : Format(key, count);

    /// <summary>A time that means the same to every reader.</summary>
    public string Time(DateTimeOffset at) => Moments.Utc(at, culture);

    /// <summary>“New · Critical”.</summary>
    public string Head(AnnouncedIncident incident) => $"{this[$"State.{incident.State}"]} · {this[$"Severity.{incident.Severity}"]}";

    /// <summary>An incident as lines of plain text, without its title.</summary>
    public ImmutableArray<string> Lines(AnnouncedIncident incident)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        Add(null, InertText.Line(incident.Effect, 600));
        Add("Subject", InertText.Line(incident.Subject, 300));
        Add("Domains", Domains(incident));
        Add("Since", Time(incident.Since));
        Add("Until", incident.Until is { } until ? Time(until) : "");
        Add("Do", InertText.Line(incident.FirstStep, 600));
        Add("Code", InertText.Line(incident.Code, 40));
        return lines.ToImmutable();

        void Add(string? label, string value)
        {
            if (value.Length > 0)
            {
                lines.Add(label is null ? value : Format($"Line.{label}", value));
            }
        }
    }

    private string Domains(AnnouncedIncident incident)
    {
        var shown = incident.Domains.Take(MostDomains).Select(d => InertText.Line(d, 253)).ToList();
        var more = incident.MoreDomains + incident.Domains.Length - shown.Count;
        var list = string.Join(", ", shown);
        return more == 0 ? list : list.Length == 0 ? Count("Domains", more) : $"{list} {Count("AndMore", more)}";
    }
}
