using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Dkim;
using MailDashboard.Mail.Messages.Authentication;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>Judges DKIM signatures, each with its key.</summary>
internal static class SignatureJudge
{
    /// <summary>Fields that people see and act on (RFC 6376 §5.4.1), where the message has them.</summary>
    private static readonly string[] Worth = ["subject", "date", "to", "reply-to", "message-id", "mime-version", "content-type"];

    public static void Judge(MessageObservation seen, VerdictBuilder verdict)
    {
        if (seen.Signatures.IsEmpty)
        {
            Absent(seen, verdict);
            return;
        }

        // Another signature that verifies and is aligned is all that DMARC needs.
        var hasGood = seen.Signatures.Any(s => s.Passes && seen.Dmarc?.IsSignerAligned(s.Field.Domain) == true);
        foreach (var signature in seen.Signatures)
        {
            switch (signature.Result)
            {
                case SignatureResult.Pass:
                    Good(seen, signature, verdict);
                    break;
                case SignatureResult.NotAsked:
                    verdict.CouldNotTell(signature.Subject, signature.Answer!.WhyNot());
                    break;
                case SignatureResult.BodyChanged or SignatureResult.HeaderChanged when seen.Arc is { IsValid: true } arc && arc.Saw("dkim", signature.Field.Domain) == "pass":
                    verdict.Free(AuthenticationMarks.Forwarded, signature.Subject, ArcJudge.Evidence(arc, "DKIM"));
                    break;
                case var result when hasGood:
                    verdict.Free(MarkFor(result), signature.Subject, Evidence(signature));
                    break;
                case var result:
                    verdict.Mark(MarkFor(result), signature.Subject, Evidence(signature));
                    break;
            }
        }

        if (seen.Signatures.Where(s => s.Passes).ToList() is { Count: > 0 } good && good.TrueForAll(s => s.Key is { IsEd25519: true }))
        {
            verdict.Mark(AuthenticationMarks.OnlyEd25519, good[0].Subject, Evidence(good[0]));
        }
    }

    private static void Absent(MessageObservation seen, VerdictBuilder verdict)
    {
        var subject = Subject.Domain(seen.Header.FromDomain ?? "");
        if (!seen.Header.Signatures.IsEmpty)
        {
            verdict.CouldNotTell(subject, Reason.Of("NotRead"));
        }
        else
        {
            verdict.Mark(AuthenticationMarks.NoSignature, subject, new Evidence("from", seen.Header.From));
        }
    }

    private static void Good(MessageObservation seen, SignatureFacts signature, VerdictBuilder verdict)
    {
        var key = signature.Key!;
        verdict.Fine(signature.Subject, "dkim", $"d={signature.Field.Domain}; a={signature.Field.Algorithm}; {key.Key.Bits} bits");
        if (!key.IsEd25519 && key.Key.Bits < DkimAnalyzer.RecommendedBits)
        {
            verdict.Mark(AuthenticationMarks.KeyShort, signature.Subject, Evidence(signature));
        }

        if (signature.BodyLength is not null)
        {
            verdict.Mark(AuthenticationMarks.BodyLength, signature.Subject, Evidence(signature));
        }

        if (key.IsTesting)
        {
            verdict.Mark(AuthenticationMarks.KeyTesting, signature.Subject, Evidence(signature));
        }

        if (Worth.Where(f => seen.Form[f] is not null && !signature.Field.SignedFields.Contains(f)).ToList() is { Count: > 0 } unsigned && unsigned.Exists(f => f is "subject" or "date" or "to"))
        {
            verdict.Mark(AuthenticationMarks.FieldsUnsigned, signature.Subject, [new("fields", string.Join(", ", unsigned)), .. Evidence(signature)]);
        }
    }

    private static MarkDefinition MarkFor(SignatureResult result) => result switch
    {
        SignatureResult.BodyChanged => AuthenticationMarks.BodyChanged,
        SignatureResult.HeaderChanged => AuthenticationMarks.HeaderChanged,
        SignatureResult.KeyMissing => AuthenticationMarks.KeyMissing,
        SignatureResult.KeyRevoked => AuthenticationMarks.KeyRevoked,
        SignatureResult.KeyUnusable => AuthenticationMarks.KeyUnusable,
        SignatureResult.KeyTooShort => AuthenticationMarks.KeyTooShort,
        SignatureResult.WeakAlgorithm => AuthenticationMarks.WeakAlgorithm,
        SignatureResult.Expired => AuthenticationMarks.SignatureExpired,
        _ => AuthenticationMarks.SignatureMalformed,
    };

    private static Evidence[] Evidence(SignatureFacts signature)
    {
        List<Evidence> evidence = [new("algorithm", signature.Field.Algorithm), new("signed", string.Join(", ", signature.Field.SignedFields.Take(60)))];
        Add("fault", signature.Fault);
        Add("length", signature.BodyLength?.ToString(CultureInfo.InvariantCulture));
        Add("ends", signature.Expires?.ToString("u", CultureInfo.InvariantCulture));
        Add("bits", signature.Key is { Key.Bits: > 0 and var bits } ? bits.ToString(CultureInfo.InvariantCulture) : null);
        Add("key", signature.Key?.Text);
        Add("answer", signature.Answer is { Records.IsEmpty: true } answer ? $"{answer.Question.Name} TXT: {answer.Status}" : null);
        return [.. evidence];

        void Add(string label, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                evidence.Add(new Evidence(label, value, signature.Answer?.Server));
            }
        }
    }
}
