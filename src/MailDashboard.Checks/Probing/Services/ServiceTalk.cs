using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Services;

/// <summary>What is said over one stream, clear or encrypted: each step adds to the observation or ends it with the reason.</summary>
internal sealed class ServiceTalk(ServiceLanguage language, LineDialogue dialogue, SmtpProbeOptions options)
{
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(1);

    /// <summary>Bytes were received that belong to no reply asked for.</summary>
    public bool HasBuffered => dialogue.HasBuffered;

    /// <summary>Asks to begin TLS; the tone means nothing where no whole reply came.</summary>
    public async Task<(LinesRead Reply, ReplyTone Tone)> StartTlsAsync()
    {
        var reply = await AskAsync(language.StartTls).ConfigureAwait(false);
        return (reply, reply.IsWhole ? language.Tone(reply.Lines) : ReplyTone.No);
    }

    /// <summary>Reads the greeting.</summary>
    public async Task<ServiceObservation> GreetingAsync(ServiceObservation seen)
    {
        var greeting = await dialogue.ExchangeAsync(null, options.GreetingTimeout, language.GreetingKind).ConfigureAwait(false);
        if (!greeting.IsWhole)
        {
            return Ended(seen, SmtpStage.Greeting, greeting);
        }

        seen = seen with { Greeting = greeting.Lines };
        if (language.GreetingTone(greeting.Lines) is var tone and not ReplyTone.Yes)
        {
            await GoodbyeAsync().ConfigureAwait(false);
            return Refused(seen, SmtpStage.Rejected, greeting, tone);
        }

        return seen;
    }

    /// <summary>Asks for the capabilities; null where that ended the conversation.</summary>
    public async Task<(ServiceObservation Seen, ServiceOffer? Offer)> CapabilitiesAsync(ServiceObservation seen, string helloName)
    {
        var reply = await AskAsync(language.AskCapabilities(helloName)).ConfigureAwait(false);
        if (!reply.IsWhole)
        {
            return (Ended(seen, SmtpStage.Hello, reply), null);
        }

        if (language.Offer(seen.Greeting, reply.Lines, seen.Tls is not null) is not { } offer)
        {
            await GoodbyeAsync().ConfigureAwait(false);
            return (Refused(seen, SmtpStage.Hello, reply, language.Tone(reply.Lines)), null);
        }

        return (seen, offer);
    }

    private Task<LinesRead> AskAsync(string command) =>
        dialogue.ExchangeAsync(command, options.StepTimeout, (number, line) => language.ReplyKind(command, number, line));

    /// <summary>Says good-bye and does not wait long for the answer: everything wanted is known.</summary>
    public Task<LinesRead> GoodbyeAsync() =>
        dialogue.ExchangeAsync(language.Goodbye, GoodbyePatience, (number, line) => language.ReplyKind(language.Goodbye, number, line));

    /// <summary>The server said no.</summary>
    public static ServiceObservation Refused(ServiceObservation seen, SmtpStage stage, LinesRead reply, ReplyTone tone) => seen with
    {
        Stage = stage,
        Cause = SmtpFailure.Refused,
        IsTransient = tone == ReplyTone.NotNow,
        Failure = string.Join('\n', reply.Lines),
    };

    /// <summary>No whole reply came.</summary>
    public static ServiceObservation Ended(ServiceObservation seen, SmtpStage stage, LinesRead read) => seen with
    {
        Stage = stage,
        Cause = read.Failure,
        Failure = read.Detail,
        IsTransient = read.Failure != SmtpFailure.NotSmtp,
    };
}
