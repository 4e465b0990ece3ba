using MailDashboard.Checks.TagLists;
using MailDashboard.Mail.Headers;
using MimeKit;

namespace MailDashboard.Mail.Messages.Authentication;

/// <summary>
/// Validates an ARC chain (RFC 8617 §5.2). MimeKit verifies what is signed and sealed; its own walk along the chain fails for results
/// that it cannot parse, which the standard leaves to the reader: large providers write such results.
/// </summary>
internal sealed class ChainVerifier(KeyLocator keys)
{
    private static readonly string[] Fields = ["arc-authentication-results", "arc-message-signature", "arc-seal"];

    /// <summary>What breaks the chain, in the words of its fields; null where it is valid.</summary>
    public async Task<string?> FaultAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var sets = message.Headers
            .Where(h => Fields.Contains(h.Field.ToLowerInvariant()))
            .GroupBy(h => AuthenticationParser.Instance(h.Value))
            .OrderBy(g => g.Key)
            .Select(g => (Instance: g.Key, Headers: g.OrderBy(h => Array.IndexOf(Fields, h.Field.ToLowerInvariant())).ToList()))
            .ToList();
        if (sets.Count == 0)
        {
            return "i=";
        }

        for (var i = 0; i < sets.Count; i++)
        {
            var (instance, headers) = sets[i];
            if (instance != i + 1 || instance > AuthenticationParser.MaximumSets || headers.Count != Fields.Length || headers.DistinctBy(h => h.Field.ToLowerInvariant()).Count() != Fields.Length)
            {
                return $"i={instance}";
            }

            var state = TagList.Parse(headers[^1].Value)["cv"];
            if (state != (i == 0 ? "none" : "pass"))
            {
                return $"i={instance}; cv={state}";
            }
        }

        var verifier = new SignatureVerifier(keys);
        var last = sets[^1].Headers[1];
        if (await verifier.VerifyMessageSignatureAsync(message, last, cancellationToken).ConfigureAwait(false) is var result && result != SignatureResult.Pass)
        {
            return $"{last.Field} i={sets.Count}: {result}";
        }

        for (var count = sets.Count; count > 0; count--)
        {
            if (!await verifier.IsSealAsync([.. sets.Take(count).SelectMany(s => s.Headers)], cancellationToken).ConfigureAwait(false))
            {
                return $"{sets[count - 1].Headers[^1].Field} i={count}";
            }
        }

        return null;
    }
}
