using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Web.Layout;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Domains;

/// <summary>Writes the value of a fact for people: the words that programs store are never shown as they are.</summary>
internal static class FactWords
{
    /// <summary>Facts that have a place of their own on the page, or that only programs read.</summary>
    public static bool IsShown(Fact fact) => fact.Key is not ("tree" or "walk" or "node" or "selectors" or "addresses" or "state" or "positive");

    public static string Of(Fact fact, IStringLocalizer<DomainsTexts> texts, ReaderClock clock) => fact.Key switch
    {
        "origin" => Known(texts, $"Origin.{fact.Value}", fact.Value),
        "secondFactor" => Known(texts, $"SecondFactor.{fact.Value}", fact.Value),
        "policy" => Known(texts, $"Dmarc.{fact.Value}", fact.Value),
        "algorithm" => fact.Value switch { "rsa" => "RSA", "ed25519" => "Ed25519", var other => other },
        "notAfter" => Time(fact.Value, clock),
        "lifetimeUsed" => fact.Value.Replace(" %", CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? "\u00A0%" : "%", StringComparison.Ordinal),
        _ => fact.Value,
    };

    private static string Known(IStringLocalizer texts, string key, string value) => texts[key] is { ResourceNotFound: false } text ? text : value;

    private static string Time(string value, ReaderClock clock) =>
        DateTimeOffset.TryParseExact(value, "yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? clock.Format(at) : value;
}
