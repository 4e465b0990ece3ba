using MailDashboard.Checks.TagLists;

namespace MailDashboard.Checks.Dkim;

/// <summary>Rewrites a key record so that one fault of it is gone and the key stays.</summary>
internal static class DkimProposal
{
    /// <summary>The record with one tag set, or removed where <paramref name="value"/> is null; <c>v=DKIM1</c> first.</summary>
    /// <returns>Null where the record is behind an alias: then it is the provider's to change.</returns>
    public static ProposedRecord? With(DkimSelectorAnswer selector, DkimKeyRecord record, string tag, string? value)
    {
        if (!selector.Answer.Aliases.IsEmpty)
        {
            return null;
        }

        var tags = record.Tags.Tags.Where(t => t.Name is not "v").ToList();
        var place = tags.FindIndex(t => t.Name == tag);
        if (place >= 0)
        {
            tags.RemoveAt(place);
        }

        if (value is not null)
        {
            tags.Insert(Math.Max(place, 0), new Tag(tag, value));
        }

        return new ProposedRecord(selector.Answer.Question.Name, "TXT", string.Join("; ", tags.Select(t => $"{t.Name}={t.Value}").Prepend("v=DKIM1")));
    }

    /// <summary>What is left of the <c>t=</c> flags without <c>y</c>; null where nothing is.</summary>
    public static string? FlagsWithoutTesting(DkimKeyRecord record) => record.IsStrict ? "s" : null;
}
